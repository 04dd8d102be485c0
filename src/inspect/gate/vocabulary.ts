import { ERROR_FUNCTIONS, SYSTEM_FUNCTIONS, TIME_FUNCTIONS } from "../sqli/lexicon.ts";
import { CODE_WORD, FILE_WORD, LOGIC_WORD, MARK, PATH_WORD, SHELL_WORD, SQL_WORD } from "./shape.ts";
export const SCHEME_WORD = 1 << 30;
const w = (s: string) => s.trim().split(/\s+/);
export const VOCABULARY: readonly (readonly [number, readonly string[]])[] = [
  [SQL_WORD, w(`select union insert drop delete truncate exec execute declare waitfor having procedure outfile dumpfile shutdown
    information_schema sysobjects syscolumns pg_catalog sqlite_master sqlite_schema msysobjects xp_cmdshell sp_executesql performance_schema
    iif elt nvl ifnull nullif coalesce concat concat_ws group_concat string_agg substring substr ascii chr char unhex ord conv
    make_set char_length octet_length datalength db_name suser_name user_name quotename charindex patindex sqlite_version
    ${[...TIME_FUNCTIONS, ...ERROR_FUNCTIONS, ...SYSTEM_FUNCTIONS].flatMap((n) => n.split(".")).join(" ")}`)],
  [SHELL_WORD, w("cat ls id whoami uname curl wget nc bash sh ping nslookup")],
  [CODE_WORD, w("eval system script alert javascript")],
  [FILE_WORD, w("etc passwd shadow windows")],
  [LOGIC_WORD, w("and or not like xor order group by having limit between in is regexp rlike ilike div mod where when case then sounds offset from into as escape notnull isnull all any")],
  [MARK, w("sqlmap nikto localhost")],
  [PATH_WORD, w("git env svn phpmyadmin wp admin cgi bak sql")],
  [SCHEME_WORD, w("file gopher data dict")],
];

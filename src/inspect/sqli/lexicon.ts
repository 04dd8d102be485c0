/**
 * Words of SQL by what they do to an expression, over MySQL, PostgreSQL, SQL Server, Oracle and SQLite.
 * Sources: the keyword appendices of their manuals.
 */
import { wordList, wordSet } from "../lexicon.ts";

export const LOGIC = wordSet("and or xor");

/** Binary operators that are words. */
export const WORD_OPERATORS =
  wordSet(`like rlike regexp ilike similar glob match div mod is in between sounds escape
  collate overlaps contains member notnull isnull against`);

/** Words that stand before an operand and leave one expected. */
export const PREFIXES =
  wordSet(`not binary all any some exists distinct distinctrow prior interval case when then else
  top sql_calc_found_rows straight_join recursive lateral only unique row high_priority date timestamp`);

/** Words that begin a clause after a complete expression and expect an operand. */
export const CLAUSES =
  wordSet(`from where having on using limit offset join left right inner outer cross natural values
  when then else set returning qualify start connect separator as at over filter within`);

/** Words that may follow an expression and leave it complete. */
export const SUFFIXES = wordSet(
  "asc desc end nulls first last rows row only share mode nocheck unknown rollup next wait nowait",
);

export const CONSTANTS =
  wordSet(`null true false unknown current_user current_date current_time current_timestamp
  localtime localtimestamp session_user system_user sysdate rownum user utc_date utc_time utc_timestamp current_role
  current_schema current_catalog sysdatetime getdate`);

export const SET_OPERATORS = wordSet("union intersect except minus");

/** Waiting on purpose: the answer is in the delay. */
export const TIME_FUNCTIONS =
  wordSet(`sleep pg_sleep pg_sleep_for pg_sleep_until benchmark dbms_pipe.receive_message
  dbms_lock.sleep dbms_session.sleep user_lock.sleep receive_message randomblob heavy_query generate_series get_lock`);

/** Answering through an error message. */
export const ERROR_FUNCTIONS =
  wordSet(`extractvalue updatexml gtid_subset gtid_subtract json_keys name_const geometrycollection
  multipoint polygon multipolygon linestring multilinestring xmltype ctxsys.drithsx.sn utl_inaddr.get_host_address
  utl_inaddr.get_host_name dbms_utility.sqlid_to_sqlhash ordsys.ord_dicom.getmappingxpath st_latfromgeohash
  st_longfromgeohash st_pointfromgeohash procedure_analyse fn_trace_gettable query_to_xml database_to_xml
  table_to_xml xmlforest xmlquery`);

/** Reading files, running commands, calling out. */
export const SYSTEM_FUNCTIONS =
  wordSet(`load_file xp_cmdshell xp_dirtree xp_fileexist xp_regread xp_regwrite xp_subdirs
  sp_oacreate sp_oamethod sp_executesql sp_configure sp_makewebtask sp_password openrowset openquery opendatasource utl_http.request
  utl_file.fopen httpuritype dbms_ldap.init dbms_java.runjava dbms_xmlgen.getxml dbms_xmlquery.newcontext
  dbms_export_extension dbms_scheduler.create_job dbms_advisor.create_file pg_read_file pg_ls_dir pg_stat_file
  lo_import lo_export lo_get lo_from_bytea pg_read_binary_file dblink dblink_connect dblink_exec sys_exec sys_eval load_extension
  writefile readfile fts3_tokenizer master..xp_cmdshell master.dbo.xp_cmdshell master..xp_dirtree
  master.dbo.xp_dirtree sys.fn_get_audit_file`);

/** What injected queries ask for and take apart; ordinary in SQL, rare elsewhere. */
export const COMMON_FUNCTIONS =
  wordSet(`version user database schema current_user session_user system_user concat concat_ws
  group_concat string_agg listagg array_agg json_agg json_arrayagg json_objectagg xmlagg substring substr mid left right
  ascii ord char chr nchar unicode hex unhex bin oct conv length len char_length character_length bit_length octet_length
  datalength if iif ifnull nullif isnull nvl nvl2 coalesce cast convert count sum avg min max floor ceil ceiling round rand
  random newid abs sign sqrt pow power exp log ln pi sin cos tan lower upper lcase ucase ltrim rtrim trim replace reverse
  repeat lpad rpad instr locate position strcmp elt field find_in_set make_set greatest least md5 sha1 sha sha2 crc32
  aes_encrypt aes_decrypt encode decode des_encrypt compress uncompress from_base64 to_base64 password old_password
  row_count last_insert_id found_rows connection_id inet_ntoa inet_aton uuid quote soundex space format export_set
  insert date_format now curdate curtime sysdate unix_timestamp from_unixtime date_add date_sub datediff timestampdiff
  db_name db_id object_id object_name col_name host_name suser_name suser_sname user_name user_id is_srvrolemember
  has_dbaccess serverproperty table_name column_name quotename stuff patindex charindex replicate getdate
  to_char to_number to_date rawtohex utl_raw.cast_to_raw sys_context userenv dbms_random.value
  sqlite_version typeof printf likelihood likely unlikely glob json_extract json_value json_query json_object json_array json_depth
  json_length json_search json_type json_contains json_valid jsonb_build_object jsonb_extract_path current_database current_setting
  pg_client_encoding version_compile_os inet_server_addr regexp_substring regexp_replace regexp_like rlike
  exists not row values analyse case over row_number rank dense_rank dcount first last shell curdir currentuser
  total changes quote zeroblob unistr bitand bitor dump overlay starts_with strpos split_part to_hex convert_from
  get_byte set_byte md5sum sha256 digest crypt gen_salt lead lag ntile extract st_astext uncompressed_length
  validate_password_strength weight_string master_pos_wait release_lock is_free_lock is_used_lock`);

/** Names that only a database's own catalogue has. */
export const CATALOGUE =
  wordList(`information_schema sysobjects syscolumns sysusers sysdatabases syslogins sys.tables sys.columns
  sys.objects sys.databases sys.sql_logins sys.all_objects pg_catalog pg_tables pg_user pg_shadow pg_database pg_class pg_stat_user_tables pg_namespace
  sqlite_master sqlite_schema sqlite_temp_master all_tables all_users all_tab_columns user_tables user_tab_columns
  dba_users dba_tables v$version v$instance v$database msysobjects msysaces mysql.user mysql.db mysql.innodb_table_stats
  performance_schema master..sysdatabases master..sysobjects msdasql sqloledb rdb$relations rdb$database sysibm.sysdummy1
  tempdb northwind sp_executesql syscat.tables sysibm.systables domain.tables domain.columns`);

/** What can follow CREATE, ALTER and DROP. */
export const OBJECTS =
  wordSet(`table database schema view user login procedure function index trigger column constraint
  sequence role type domain event server tablespace assembly synonym package aggregate extension materialized temporary
  or temp global unique proc if aliases rule operator language foreign`);

export const STATEMENTS =
  wordSet(`select insert update delete drop create alter truncate exec execute declare set waitfor
  shutdown grant revoke call merge replace load begin if while copy attach pragma vacuum handler rename show describe desc
  use backup restore print kill dbcc do prepare goto reconfigure explain commit rollback return`);

export function isFunction(name: string): boolean {
  return (
    COMMON_FUNCTIONS.has(name) ||
    TIME_FUNCTIONS.has(name) ||
    ERROR_FUNCTIONS.has(name) ||
    SYSTEM_FUNCTIONS.has(name)
  );
}

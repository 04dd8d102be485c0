import { wordList } from "../lexicon.ts";

/** Whatever the value of these is, it is meant to run, or to count users: `cmd=id`, `author=1`. */
export const ASKING_NAMES = wordList("cmd command exec execute shell run system cmdline author ping");

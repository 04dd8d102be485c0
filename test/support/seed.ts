/** Property tests draw the same cases in every run; VEDETTE_TEST_SEED looks at others. */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.VEDETTE_TEST_SEED ?? 20_261_123) });

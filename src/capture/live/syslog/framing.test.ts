import fc from "fast-check";
import { expect, it } from "vitest";
import { createFramer } from "./framing.ts";

function framed(
  pieces: readonly (string | Buffer)[],
  maxMessage = 100,
): { messages: string[]; tooLong: number } {
  const messages: string[] = [];
  let tooLong = 0;
  const framer = createFramer({
    maxMessage,
    onMessage: (bytes) => messages.push(bytes.toString()),
    onTooLong: () => tooLong++,
  });
  for (const piece of pieces) framer.push(Buffer.from(piece));
  framer.end();
  return { messages, tooLong };
}

it.each([
  ["counted", "5 <1>ab8 <2>c\nd\ne", ["<1>ab", "<2>c\nd\ne"]],
  ["ended by line feeds", "<1>ab\n<2>c\r\n\n<3>d", ["<1>ab", "<2>c\r", "<3>d"]],
  ["ended by NULs", "<1>ab\0<2>c\0", ["<1>ab", "<2>c"]],
  ["mixed", "5 <1>ab<2>c\n5 <3>de", ["<1>ab", "<2>c", "<3>de"]],
  [
    "plain lines that begin with digits",
    "10.0.0.1 - a\n1700000000 b\n17 c\n",
    ["10.0.0.1 - a", "1700000000 b", "17 c"],
  ],
])("cuts messages that are %s", (_, stream, messages) => {
  expect(framed([stream])).toEqual({ messages, tooLong: 0 });
  expect(framed([...stream])).toEqual({ messages, tooLong: 0 });
});

it("passes over what is too long, and goes on behind it", () => {
  const long = "x".repeat(1000);
  expect(framed([`<1>${long}\n<2>a\n`])).toEqual({ messages: ["<2>a"], tooLong: 1 });
  expect(framed(["<1>", long, long, "\n<2>a\n"])).toEqual({ messages: ["<2>a"], tooLong: 1 });
  expect(framed([`1003 <1>${long}4 <2>a`])).toEqual({ messages: ["<2>a"], tooLong: 1 });
  expect(framed([`999999999 <1>${long}`])).toEqual({ messages: [], tooLong: 1 });
});

it("gives the same messages however the stream is cut", () => {
  const message = fc.string({
    unit: fc.constantFrom("a", "1", " ", "<", ">", "é", "."),
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(message, fc.boolean()), { maxLength: 12 }),
      fc.array(fc.nat(300), { maxLength: 10 }),
      (messages, cuts) => {
        const wanted = messages.map(([text]) => `<1>${text}`);
        const stream = Buffer.from(
          wanted
            .map((text, i) =>
              messages[i]?.[1] === true ? `${Buffer.byteLength(text)} ${text}` : `${text}\n`,
            )
            .join(""),
        );
        const places = [0, ...cuts.filter((at) => at < stream.length), stream.length].sort((a, b) => a - b);
        const pieces = places.slice(1).map((at, i) => stream.subarray(places[i], at));
        expect(framed(pieces, 1000)).toEqual({ messages: wanted, tooLong: 0 });
      },
    ),
  );
});

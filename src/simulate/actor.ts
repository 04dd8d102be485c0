/** Something that acts over time: yields when it wants to be woken (milliseconds since the epoch), and each time it is
 * woken sends at most one request. Bounded work between two yields keeps the run streaming. */
export type Actor = Generator<number, void, void>;

/** MD4 (RFC 1320), which NTLM needs and the platform's own cryptography has no more. Good for nothing else. */
export function md4(message: Buffer): Buffer {
  const padded = Buffer.alloc(Math.ceil((message.length + 9) / 64) * 64);
  message.copy(padded);
  padded[message.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);

  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let block = 0; block < padded.length; block += 64) {
    const before = state;
    for (const [round, { mix, constant, order, shifts }] of ROUNDS.entries()) {
      for (let step = 0; step < 16; step += 1) {
        const word = padded.readUInt32LE(block + 4 * (order[step] ?? 0));
        const [a, b, c, d]: State = state;
        const turned = rotate(a + mix(b, c, d) + word + constant, shifts[step % 4] ?? round);
        // The next step writes the register before this one.
        state = [d, turned, b, c];
      }
    }
    state = state.map((value, at) => (value + (before[at] ?? 0)) >>> 0) as unknown as State;
  }
  const digest = Buffer.alloc(16);
  state.forEach((value, at) => digest.writeUInt32LE(value >>> 0, 4 * at));
  return digest;
}

type State = readonly [number, number, number, number];

const rotate = (value: number, by: number): number => ((value << by) | (value >>> (32 - by))) >>> 0;

const IN_ORDER = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const ROUNDS: readonly {
  readonly mix: (x: number, y: number, z: number) => number;
  readonly constant: number;
  readonly order: readonly number[];
  readonly shifts: readonly number[];
}[] = [
  { mix: (x, y, z) => (x & y) | (~x & z), constant: 0, order: IN_ORDER, shifts: [3, 7, 11, 19] },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    constant: 0x5a827999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    constant: 0x6ed9eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
];

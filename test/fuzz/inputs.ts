import fc from 'fast-check';

/** What a parser may stumble over, between anything else. */
const pieces = fc.oneof(
  fc.constantFrom(
    ...['<', '>', '&', '|', '`', '*', '_', '~', ':', '@', '.', '-', '=', '/', '\\', '"', "'", ' '],
    ...['<!channel>', '<!here|x>', '<@U0ADMIN>', '<@U0ADMIN|ada>', '<@U', '<#C0TEAM|team>'],
    ...['<https://evil.example|Approve>', '<mailto:a@b.example|a@b.example>', '<!date^1^{date}|x>'],
    ...['&lt;', '&amp;lt;', '```', '\n', '\r\n', '\t', '\u2028', '\u0000', '\u202e', '\u200b'],
    ...[
      '\ud83d',
      '👩‍👩‍👧‍👦',
      'İ',
      'ß',
      '𝔞',
      'a@gmail.com',
      '__proto__',
      'constructor',
      'null',
      '{',
      '[',
      '{}',
    ],
    ...['90d', '8h', 'P1W', 'PT', '-1', '0', '1e400', '99999999999999999999', 'R-00000001'],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

/** Now and then one piece very often: what takes time in proportion to its square shows here. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')), weight: 200 },
  {
    arbitrary: fc
      .tuple(fc.array(pieces, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 8_000 }))
      .map(([all, times]) => all.join('').repeat(times)),
    weight: 1,
  },
);

const leaf = fc.oneof(
  text,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double(),
  fc.constant([]),
  fc.constant({}),
);

/** Any JSON, with the given keys more often than others. */
export const json = (...keys: readonly string[]): fc.Arbitrary<unknown> =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'json' },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom('__proto__', 'id', ...keys), text), tie('value'), {
        maxKeys: 4,
      }),
    ),
  })).value;

/** Such an object, or one in which a part is anything: the second gets past the first check. */
export const nearly = (
  model: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<unknown> => {
  const keys = Object.keys(model);
  const anything = json(...keys);
  return fc.oneof(
    { arbitrary: fc.record(model, { requiredKeys: [] }), weight: 3 },
    {
      arbitrary: fc
        .tuple(fc.record(model), fc.constantFrom(...keys), anything)
        .map(([good, key, value]) => ({ ...good, [key]: value })),
      weight: 2,
    },
    { arbitrary: anything, weight: 1 },
  );
};

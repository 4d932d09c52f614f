import fc from 'fast-check';

/** What attackers put into fields: unseen and look-alike characters, other paths and hosts, marks of markup. */
const TRICKS = [
  ...[
    '\u0000',
    '\u0007',
    '\t',
    '\n',
    '\u200b',
    '\u200d',
    '\u202e',
    '\u2066',
    '\u00ad',
    '\ufeff',
    '\ufe0f',
  ],
  ...[
    '\u{e0041}',
    '\u3164',
    '\u2800',
    '\u00a0',
    '\u2003',
    '\ud800',
    '\ue000',
    'а',
    'ｅ',
    '。',
    '\u0301',
  ],
  ...[
    '  ',
    '//',
    '/../',
    '/./',
    '%2e%2e',
    '%00',
    '\\',
    '@',
    '#',
    '?x',
    ';',
    ':',
    '.',
    '0x7f.1',
    'http://',
  ],
  ...[
    '`',
    '*',
    '_',
    '~',
    '&',
    '&amp;',
    '<',
    '>',
    '<!channel>',
    '<@U0ADA>',
    ':warning:',
    '{{',
    "'",
    '"',
  ],
];

const bits = fc.oneof(fc.constantFrom(...TRICKS), fc.string({ unit: 'binary', maxLength: 4 }));

/** Any text, or one that would be taken with something put into it, written again and again, or cut. */
export const fieldText = (good: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
    fc
      .tuple(bits, fc.nat(good.length))
      .map(([bit, at]) => good.slice(0, at) + bit + good.slice(at)),
    fc.nat(good.length).map((length) => good.slice(0, length)),
    fc.constantFrom(1, 2, 40, 400).map((times) => good + good.slice(-1).repeat(times)),
  );

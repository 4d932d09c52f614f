/** The ways in which a secret is found written: plain, in JSON, in a URL or a form, in base64 alone or as part of something longer. */
export function spellings(secret: string): ReadonlySet<string> {
  const plain = [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (it) => it.toLowerCase()),
    encodeURI(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    ...base64(secret),
  ];
  const all = new Set<string>();
  for (const text of plain) {
    const inJson = JSON.stringify(text).slice(1, -1);
    // Twice: an error quotes the body of an answer, and the body was JSON that quoted it already.
    for (const it of [text, inJson, JSON.stringify(inJson).slice(1, -1)]) all.add(it);
  }
  return all;
}

/** Shorter pieces would be found by chance. */
const ENOUGH = 8;

/**
 * Base64 of something that contains the secret, such as `user:password`, depends on where in a group of three bytes
 * the secret begins: so there are three spellings, without the characters at the edges that belong to its neighbours too.
 */
function base64(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inner = [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const from = Math.ceil((before * 4) / 3);
    const to = Math.floor(((before + bytes.length) * 4) / 3);
    const piece = encoded.slice(from, to);
    return piece.length >= ENOUGH ? [piece] : [];
  });
  const whole = bytes.length >= 4 ? [bytes.toString('base64')] : [];
  return [...whole, ...inner].flatMap((it) => [
    it,
    it.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''),
    encodeURIComponent(it),
  ]);
}

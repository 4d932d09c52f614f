import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RegisterAsk } from '../../src/changes/register/ask.js';
import { checkRegisterAsk, tidy } from '../../src/changes/register/check.js';
import { registerForm } from '../../src/changes/register/form.js';
import { aRegistration } from '../builders.js';
import { EFFECT, messageOf } from '../slack-surfaces/drawing.js';
import { markupIn } from '../slack-surfaces/valid.js';
import { fieldText } from '../support/field-text.js';
import { DATACITE_EXAMPLE, EPIC_EXAMPLE } from '../stories/registrar.js';

/** The forms of both types as they can be sent, with what is not filled in. */
const FORMS = {
  DOI: { registrar: 'DOI', ...DATACITE_EXAMPLE },
  PID: {
    registrar: 'PID',
    ...EPIC_EXAMPLE,
    'PID.autoSuffixGeneration': false,
    'PID.suffixPrefix': 'a-',
    'PID.suffixSuffix': '.b',
    'PID.identifierTemplate': '{{space.name}}',
  },
};

const places = Object.entries(FORMS).flatMap(([type, form]) =>
  Object.entries(form)
    .filter(
      ([field, value]) => typeof value === 'string' && !['registrar', 'account'].includes(field),
    )
    .map(([field, value]) => ({
      form: type === 'DOI' ? FORMS.DOI : FORMS.PID,
      field,
      value: String(value),
    })),
);

const filled = fc
  .constantFrom(...places)
  .chain(({ form, field, value }) =>
    fieldText(value).map((typed) => ({ values: { ...form, [field]: typed }, field, typed })),
  );

/** The way that Slack shows code: it undoes what it asks to be escaped. */
const seen = (markup: string): string =>
  markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

describe('whatever is typed into a field of the form to register', () => {
  it('is refused in plain words below it, or is shown to the approver as it is sent, to the character', () => {
    const taken = new Set<string>();
    fc.assert(
      fc.property(filled, ({ values, field, typed }) => {
        const ask = tidy(RegisterAsk.parse(registerForm.toAsk(values)));
        const problems = Object.entries(checkRegisterAsk(ask));
        if (problems.length > 0) {
          const [[part, says] = ['', '']] = problems;
          expect(registerForm.fieldOf?.(part, values)).toBe(field);
          expect(says).toMatch(/^[A-Z][^`<>*]*\.$/);
          return;
        }
        taken.add(field);
        const message = messageOf('approval', aRegistration({ ask, effect: EFFECT }));
        const shown = markupIn(message).flatMap((text) => text.split('\n'));
        for (const [label, sent] of [
          ['Name', ask.name],
          ['Proxy endpoint', ask.proxyEndpoint],
          ...Object.entries(ask.properties),
        ] as const) {
          if (typeof sent === 'boolean') continue;
          const fact = shown.find((text) => text.startsWith(`*${label}* `));
          expect(seen(fact ?? '').split('`')[1]).toBe(sent);
        }
        const sent = [ask.name, ask.proxyEndpoint, ...Object.values(ask.properties), ''];
        expect(sent).toContain(field === 'name' ? typed.normalize('NFC').trim() : typed.trim());
      }),
      { numRuns: 1500 },
    );
    // Not because nothing is ever taken.
    expect([...taken].sort()).toEqual(
      places
        .map(({ field }) => field)
        .sort()
        .filter((it, at, all) => all.indexOf(it) === at),
    );
  });

  it('fits whole into the message, however long it may be', () => {
    const long = 'https://'.padEnd(248, 'a.') + '/';
    const values = {
      ...FORMS.DOI,
      name: 'n'.repeat(128),
      proxyEndpoint: long.padEnd(512, 'b').replace('https', 'http'),
      'DOI.host': long.padEnd(512, 'c').replace('https', 'http'),
      'DOI.doiEndpoint': '/'.padEnd(512, 'd'),
      'DOI.metadataEndpoint': '/'.padEnd(512, 'e'),
      'DOI.mediaEndpoint': '/'.padEnd(512, 'f'),
      'DOI.identifierTemplate': '&'.repeat(256),
    };
    const ask = tidy(RegisterAsk.parse(registerForm.toAsk(values)));
    expect(checkRegisterAsk(ask)).toEqual({});
    const request = aRegistration({ ask, effect: EFFECT, reason: 'r'.repeat(3000) });
    const shown = seen(markupIn(messageOf('approval', request)).join('\n'));
    for (const sent of Object.values({ ...ask.properties, 1: ask.name, 2: ask.proxyEndpoint })) {
      if (typeof sent === 'string') expect(shown).toContain(`\`${sent}\``);
    }
    expect(shown).not.toContain('Shortened');
  });
});

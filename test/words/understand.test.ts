import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isGreeting, wantedIn } from '../../src/words/intent.js';
import { type Spoken, understand } from '../../src/words/understand.js';

const NOW = new Date('2026-11-25T12:00:00Z');
const NAMES = ['DataCite', 'ePIC', 'ePIC prod', 'ePIC test', 'For a week', 'Use', 'Gallery (DOI)'];
const SERVICES = NAMES.map((name, at) => ({ id: `id${at}`, name }));

const said = (text: string, services = SERVICES): Spoken =>
  understand(text, { services, now: NOW });

/** In short: service, how long, level, reason, what is left. */
function short(text: string): readonly (string | null)[] {
  const { service, until, level, reason, unknown } = said(text);
  const named =
    service === null
      ? null
      : service.kind === 'one'
        ? service.service.name
        : `? ${service.choices.map(({ name }) => name).join(', ')}`;
  const ends = until?.value;
  const how =
    ends === undefined
      ? null
      : ends.kind === 'for'
        ? ends.duration
        : ends.kind === 'on'
          ? ends.day
          : 'permanent';
  return [named, how, level?.value ?? null, reason, unknown.join('|')];
}

describe('words that half-fill a form', () => {
  it.each([
    ['DataCite', ['DataCite', null, null, '', '']],
    ['datacite for 7 days', ['DataCite', '7d', null, '', '']],
    ['7 days DataCite', ['DataCite', '7d', null, '', '']],
    ['access to ePIC prod until 12 March', ['ePIC prod', '2027-03-12', null, '', '']],
    ['ePIC until March 12, 2028 to maintain', ['ePIC', '2028-03-12', 'maintain', '', '']],
    ['ePIC until 1st December', ['ePIC', '2026-12-01', null, '', '']],
    ['ePIC until 2026-12-31', ['ePIC', '2026-12-31', null, '', '']],
    ['ePIC until 31.12.2026', ['ePIC', '2026-12-31', null, '', '']],
    ['ePIC for a week', ['ePIC', '1w', null, '', '']],
    ['ePIC for two weeks', ['ePIC', '2w', null, '', '']],
    ['ePIC 90d', ['ePIC', '90d', null, '', '']],
    ['a 90-day use of ePIC', ['ePIC', '90d', 'use', '', '']],
    ['ePIC for 3 months', ['ePIC', '2027-02-25', null, '', '']],
    ['ePIC for a year', ['ePIC', '2027-11-25', null, '', '']],
    ['ePIC until tomorrow', ['ePIC', '2026-11-26', null, '', '']],
    ['ePIC permanently', ['ePIC', 'permanent', null, '', '']],
    ['ePIC for good', ['ePIC', 'permanent', null, '', '']],
    ['as owner of DataCite', ['DataCite', null, 'own', '', '']],
    ['ePIC because use for 7 days', ['ePIC', null, null, 'use for 7 days', '']],
    ['DataCite to register theses', ['DataCite', null, null, 'to register theses', '']],
    ['DataCite to register theses for 7 days', ['DataCite', '7d', null, 'to register theses', '']],
    ['Datacyte', ['DataCite', null, null, '', '']],
    ['data', ['DataCite', null, null, '', '']],
    ['id2', ['ePIC prod', null, null, '', '']],
    ['gallery doi', ['Gallery (DOI)', null, null, '', '']],
    ['For a week', ['For a week', null, null, '', '']],
    ['use', ['Use', null, null, '', '']],
    ['ePIC and DataCite', ['? ePIC, DataCite', null, null, '', '']],
    ['epic prot', ['ePIC', null, null, '', 'prot']],
    // Nothing is swallowed.
    ['do not ePIC', ['ePIC', null, null, '', 'not']],
    ['ePIC for 0 days', ['ePIC', null, null, '', '0 days']],
    ['ePIC until 30 February', ['ePIC', null, null, '', '30 February']],
    ['ePIC for 7 days for 9 days', ['ePIC', '7d', null, '', '9 days']],
    ['ePIC use maintain', ['ePIC', null, 'use', '', 'maintain']],
    ['Zenodo for 7 days', [null, '7d', null, '', 'Zenodo']],
    ['', [null, null, null, '', '']],
  ])('%s', (text, expected) => {
    expect(short(text)).toEqual(expected);
  });

  it('says which services a piece of a name or a small error could mean', () => {
    const services = ['ePIC prod', 'ePIC test', 'Zenodo'].map((name) => ({ id: name, name }));
    expect(said('for epic', services).service).toMatchObject({
      kind: 'several',
      typed: 'epic',
      choices: [{ name: 'ePIC prod' }, { name: 'ePIC test' }],
    });
    const twins = ['Aleph', 'Alepf'].map((name) => ({ id: name, name }));
    expect(said('Alepg', twins).service).toMatchObject({ kind: 'several', choices: twins });
  });

  it('knows who speaks of themselves', () => {
    expect(said('give me ePIC').self).toEqual({ value: true, typed: 'me' });
  });
});

/** Words that mean nothing, among those that do. */
const part = fc.oneof(
  fc.constantFrom(
    ...['for', 'until', '7 days', '7d', 'a week', '2026-12-31', '12 March', 'because', 'to'],
    ...['permanently', 'use', 'own', 'me', 'ePIC prod', 'DataCite', 'not', 'Datacyte', '', '!'],
  ),
  fc.nat({ max: 999 }),
);

describe('whatever is said', () => {
  it('is understood or reported, each word once', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 25 }), (parts) => {
        const words = parts.map((it, at) => (typeof it === 'number' ? `zqxw${it}y${at}` : it));
        const { reason, unknown } = said(words.join(' '));
        const kept = `${unknown.join(' ')} ${reason}`.split(' ');
        for (const word of words.filter((it) => it.startsWith('zqxw'))) {
          expect([word, kept.filter((it) => it === word).length]).toEqual([word, 1]);
        }
        const nots = words.filter((it) => it === 'not').length;
        expect(kept.filter((it) => it === 'not')).toHaveLength(nots);
      }),
    );
  });

  it('never throws, also where names are strange', () => {
    const names = fc.array(fc.string({ maxLength: 20 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), names, (text, all) => {
        const services = all.map((name, at) => ({ id: `x${at}`, name }));
        expect(() => said(text, services)).not.toThrow();
        expect(() => wantedIn(text, [], services)).not.toThrow();
      }),
    );
  });

  it('means the same in every order', () => {
    const parts = ['ePIC prod', 'for 7 days', 'as owner', 'me', 'xyzzy'];
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: 5 }), (order) => {
        const { service, until, level, self, unknown } = said(order.join(' '));
        expect(service).toMatchObject({ kind: 'one', service: { name: 'ePIC prod' } });
        expect([until?.value, level?.value, self?.value, unknown]).toEqual([
          { kind: 'for', duration: '7d' },
          'own',
          true,
          ['xyzzy'],
        ]);
      }),
    );
  });

  it('takes no longer for what is made to take long', () => {
    const services = Array.from({ length: 2000 }, (_, at) => ({
      id: `s${at}`,
      name: `Service number ${at} of many`,
    }));
    const started = performance.now();
    for (const text of ['for '.repeat(8000), 'service '.repeat(4000), `${'('.repeat(30_000)}x`]) {
      said(text, services);
      wantedIn(text, [{ meaning: 1, phrases: { plainly: ['for … good'] } }], services);
    }
    said(Array.from({ length: 3000 }, (_, at) => `word${at}`).join(' '), services);
    expect(performance.now() - started).toBeLessThan(6000);
  });
});

describe('what is wanted', () => {
  const WISHES = [
    { meaning: 'grant', phrases: { plainly: ['give'], perhaps: ['need', 'want'] } },
    { meaning: 'release', phrases: { plainly: ['give … back', 'no longer need'] } },
    { meaning: 'extend', phrases: { plainly: ['extend'] } },
  ];
  it.each([
    ['I need DataCite', 'grant', 'I DataCite'],
    ['give ePIC prod back', 'release', 'ePIC prod'],
    ['I no longer need ePIC', 'release', 'I ePIC'],
    ['I want to extend ePIC', 'extend', 'I want to ePIC'],
    ['Give it because I want to extend', 'grant', 'it because I want to extend'],
    ['hello', null, 'hello'],
  ])('%s', (text, meaning, rest) => {
    expect(wantedIn(text, WISHES, SERVICES)).toEqual({ meaning, rest });
  });

  it('is not said by the name of a service', () => {
    const services = [{ id: '1', name: 'Give Handles' }];
    expect(wantedIn('Give Handles: extend', WISHES, services)).toEqual({
      meaning: 'extend',
      rest: 'Give Handles:',
    });
    const verb = [...SERVICES, { id: '2', name: 'give' }];
    expect(wantedIn('give DataCite', WISHES, verb)).toEqual({ meaning: 'grant', rest: 'DataCite' });
  });

  it.each(['hi', 'Hello!', 'thank you', 'thanks :)', ''])('%p is a greeting', (text) => {
    expect(isGreeting(text)).toBe(true);
  });
});

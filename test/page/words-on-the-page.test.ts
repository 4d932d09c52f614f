import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Directory } from '../../src/sandbox/page/shown.js';
import {
  dayByKey,
  isDay,
  plusDays,
  plusMonths,
  today,
  weeksOf,
} from '../../web/blocks/calendar.js';
import { readMrkdwn, type Piece } from '../../web/blocks/mrkdwn.js';
import { slackDate } from '../../web/blocks/slack-date.js';
import { completions } from '../../web/slack/completion.js';

/** Everything that would be read, without its form. */
function words(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      switch (piece.kind) {
        case 'text':
        case 'code':
        case 'pre':
          return piece.text;
        case 'bold':
        case 'italic':
        case 'strike':
        case 'quote':
          return words(piece.inside);
        case 'link':
        case 'everyone':
        case 'user':
        case 'channel':
        case 'group':
          return piece.label;
        case 'date':
          return piece.fallback;
        case 'emoji':
          return `:${piece.name}:`;
      }
    })
    .join('');
}

describe('Slack’s markup', () => {
  it('is read piece by piece', () => {
    const text = '*Done:* <@U1|lena> may `use *it*` until <!date^1790000000^{date_short}|then>.';
    expect(readMrkdwn(text)).toEqual([
      { kind: 'bold', inside: [{ kind: 'text', text: 'Done:' }] },
      { kind: 'text', text: ' ' },
      { kind: 'user', id: 'U1', label: 'lena' },
      { kind: 'text', text: ' may ' },
      { kind: 'code', text: 'use *it*' },
      { kind: 'text', text: ' until ' },
      { kind: 'date', unix: 1_790_000_000, format: '{date_short}', fallback: 'then' },
      { kind: 'text', text: '.' },
    ]);
  });

  it('knows channels, groups, links, quotes, blocks of code and emoji', () => {
    expect(readMrkdwn('<#C1|desk> <!subteam^S1|@curators> <!here>')).toEqual([
      { kind: 'channel', id: 'C1', label: 'desk' },
      { kind: 'text', text: ' ' },
      { kind: 'group', id: 'S1', label: '@curators' },
      { kind: 'text', text: ' ' },
      { kind: 'everyone', label: '@here' },
    ]);
    expect(readMrkdwn('<https://a.example/?x=1&amp;y=2|there>')).toEqual([
      { kind: 'link', url: 'https://a.example/?x=1&y=2', label: 'there' },
    ]);
    expect(readMrkdwn('&gt; said\n&gt; so\nthen')).toEqual([
      { kind: 'quote', inside: [{ kind: 'text', text: 'said\nso' }] },
      { kind: 'text', text: 'then' },
    ]);
    expect(readMrkdwn('```\na *b*\n``` :warning:')).toEqual([
      { kind: 'pre', text: 'a *b*\n' },
      { kind: 'text', text: ' ' },
      { kind: 'emoji', name: 'warning' },
    ]);
  });

  it('leaves alone what only looks like it', () => {
    for (const text of ['2*3*4', 'snake_case_name', 'a * b * c', '10:30:00', '~', '**', 'x <y']) {
      expect([text, readMrkdwn(text)]).toEqual([text, [{ kind: 'text', text }]]);
    }
  });

  it('loses no word that was escaped as Slack wants it, and makes none a link', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '<', '>', '&', '|', '@', '#', '!') }),
        (text) => {
          const escaped = text
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;');
          fc.pre(!text.startsWith('>'));
          expect(words(readMrkdwn(escaped))).toBe(text);
        },
      ),
    );
  });

  it('is read to its end whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'a',
            '*',
            '_',
            '~',
            '`',
            '<',
            '>',
            ':',
            '|',
            '^',
            '!',
            '@',
            ' ',
            '\n',
          ),
        }),
        (text) => {
          expect(words(readMrkdwn(text)).length).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});

describe('dates', () => {
  const now = new Date('2026-11-22T12:00:00');
  const unix = (local: string) => new Date(local).getTime() / 1000;

  it('are told from today where they are pretty', () => {
    const pretty = (local: string) => slackDate(unix(local), '{date_short_pretty}', now);
    expect(pretty('2026-11-22T23:59:00')).toBe('today');
    expect(pretty('2026-11-23T00:01:00')).toBe('tomorrow');
    expect(pretty('2026-11-21T23:59:00')).toBe('yesterday');
    expect(pretty('2027-02-20T10:00:00')).toBe('Feb 20, 2027');
  });

  it('keep the words around them', () => {
    const at = unix('2027-02-20T17:05:00');
    expect(slackDate(at, 'on {date} at {time} {nonsense}', now)).toMatch(
      /^on February 20, 2027 at 5:05.PM \{nonsense\}$/,
    );
    expect(slackDate(at, '{date_num}', now)).toBe('2027-02-20');
  });
});

describe('the calendar', () => {
  const anyDay = fc
    .date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('2199-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10));

  it('shows the weeks that the month touches, from Sunday on', () => {
    const weeks = weeksOf('2027-02-14');
    expect(weeks.map((week) => [week[0], week[6]])).toEqual([
      ['2027-01-31', '2027-02-06'],
      ['2027-02-07', '2027-02-13'],
      ['2027-02-14', '2027-02-20'],
      ['2027-02-21', '2027-02-27'],
      ['2027-02-28', '2027-03-06'],
    ]);
  });

  it('has each day of its month once, in order, in weeks of seven', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const weeks = weeksOf(day);
        const days = weeks.flat();
        expect(weeks.every((week) => week.length === 7)).toBe(true);
        expect(days).toEqual([...new Set(days)].sort());
        expect(days).toContain(day);
        expect(weeks.every((week) => week.some((it) => it.slice(0, 7) === day.slice(0, 7)))).toBe(
          true,
        );
      }),
    );
  });

  it('is walked through with the keys, and each way leads back', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const walk = (...keys: readonly string[]) =>
          keys.reduce((at, key) => dayByKey(at, key) ?? 'nowhere', day);
        expect(walk('ArrowRight', 'ArrowLeft')).toBe(day);
        expect(walk('ArrowDown', 'ArrowUp')).toBe(day);
        expect(walk('ArrowDown')).toBe(plusDays(day, 7));
        expect(isDay(walk('PageDown'))).toBe(true);
        expect(walk('Home') <= day && day <= walk('End')).toBe(true);
      }),
    );
    expect(dayByKey('2027-02-14', 'Enter')).toBeNull();
    expect(dayByKey('2027-02-17', 'Home')).toBe('2027-02-14');
    expect(dayByKey('2027-02-17', 'End')).toBe('2027-02-20');
  });

  it('goes to the last day of a shorter month, and over the end of a year', () => {
    expect(plusMonths('2027-01-31', 1)).toBe('2027-02-28');
    expect(plusMonths('2028-03-31', -1)).toBe('2028-02-29');
    expect(plusMonths('2026-12-15', 1)).toBe('2027-01-15');
    expect(plusMonths('2027-01-15', -1)).toBe('2026-12-15');
  });

  it('knows a day from what only looks like one, and which it is here', () => {
    expect(['2027-02-28', '2027-02-30', '2027-2-1', '', 'today'].map(isDay)).toEqual([
      ...[true, false, false, false, false],
    ]);
    expect(today(new Date(2026, 10, 25, 23, 59))).toBe('2026-11-25');
  });
});

describe('completion', () => {
  const user = { bot: false, guest: false, gone: false };
  const directory: Directory = {
    team: 'Sandbox',
    bot: { user: 'U0BOT', name: 'Handle Desk' },
    people: [],
    users: [
      { ...user, id: 'U1', handle: 'lena', name: 'Lena Krüger' },
      { ...user, id: 'U2', handle: 'tom', name: 'Tom', gone: true },
    ],
    groups: [],
    channels: [],
    commands: [
      { command: '/handle', description: 'The desk', hint: '[help | show NAME | mine]' },
      { command: '/handle-grant', description: 'Grant', hint: '[service]' },
    ],
    shortcuts: [],
  };
  const offered = (typed: string) =>
    completions(directory, typed).map((completion) => completion.becomes);

  it('offers commands, the words after them, and people', () => {
    expect(offered('/ha')).toEqual(['/handle ', '/handle-grant ']);
    expect(offered('/handle-')).toEqual(['/handle-grant ']);
    expect(offered('/handle ')).toEqual(['/handle help', '/handle show ', '/handle mine']);
    expect(offered('/handle m')).toEqual(['/handle mine']);
    expect(offered('/handle-grant x @kr')).toEqual(['/handle-grant x @lena ']);
    expect(offered('hello @')).toEqual(['hello @lena ']);
  });

  it('is silent elsewhere', () => {
    for (const typed of ['', 'hello', 'a@b', '/nothing', '/handle mine', '/handle-grant x']) {
      expect([typed, offered(typed)]).toEqual([typed, []]);
    }
  });
});

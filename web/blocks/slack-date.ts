const DAY_MS = 86_400_000;

/** Formats a `mrkdwn` date in the browser's time zone and language. */
export function slackDate(unix: number, format: string, now: Date): string {
  const at = new Date(unix * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, token: string) => tokens(token, at, now) ?? whole);
}

function tokens(token: string, at: Date, now: Date): string | null {
  if (token === 'time') return show(at, { hour: 'numeric', minute: '2-digit' });
  if (token === 'time_secs') return show(at, { timeStyle: 'medium' });
  if (token === 'date_num') return at.toLocaleDateString('sv');
  const [, size = '', pretty] = /^date(?:_(short|long))?(_pretty)?$/.exec(token) ?? [];
  if (!token.startsWith('date')) return null;
  const near = pretty === undefined ? null : nearby(at, now);
  return near ?? show(at, DATE_FORMATS[size] ?? DATE_FORMATS['']);
}

const DATE_FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  '': { year: 'numeric', month: 'long', day: 'numeric' },
  short: { year: 'numeric', month: 'short', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
};

function nearby(at: Date, now: Date): string | null {
  const midnight = (date: Date) => new Date(date).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / DAY_MS);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days === -1 ? 'yesterday' : null;
}

const show = (at: Date, options: Intl.DateTimeFormatOptions | undefined): string =>
  new Intl.DateTimeFormat(undefined, options).format(at);

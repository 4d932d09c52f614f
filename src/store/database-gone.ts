/** Another database is there than the one that was opened, or none. The message is for operators, without any address. */
export class DatabaseGone extends Error {
  override name = 'DatabaseGone' as const;
}

/** Not now: the job is to run again at this moment. Nothing is wrong with it. */
export class Again extends Error {
  override name = 'Again' as const;
  readonly at: Date;

  constructor(at: Date, why: string, cause?: unknown) {
    super(why, { cause });
    this.at = at;
  }
}

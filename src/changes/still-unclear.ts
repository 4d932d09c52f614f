/** What has to be known from Onezone is not known yet: look again soon. */
export class StillUnclear extends Error {
  override name = 'StillUnclear' as const;
}

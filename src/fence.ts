/** What a job must not do once another worker may do it: asked right before a call that changes the world. */
export interface Fence {
  /** Throws `LeaseLost` when the job is no longer ours; otherwise it is for long enough to make the call. */
  mustHold(): Promise<void>;
}

/** The job was taken over by another worker, or will be: whatever is still to be done, that one does. */
export class LeaseLost extends Error {
  override name = 'LeaseLost' as const;
}

/** Another delivery already has this request id; the caller should generate a new one. */
export class IdTaken extends Error {
  override name = 'IdTaken' as const;

  constructor(id: string) {
    super(`${id} is the id of another request.`);
  }
}

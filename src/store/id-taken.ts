/** Two different deliveries came to the same request id. Whoever made the id makes another. */
export class IdTaken extends Error {
  override name = 'IdTaken' as const;

  constructor(id: string) {
    super(`${id} is the id of another request.`);
  }
}

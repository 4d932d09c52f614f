/** Typed after `/handle` like a query, but these change something: the listeners carry them out. Help lists them. */
export const deskCommands = [
  {
    word: 'withdraw',
    usage: 'withdraw R-…',
    summary: 'Take back a request that still waits.',
    needs: null,
  },
  {
    word: 'link me',
    usage: 'link me',
    summary: 'Prove which Onezone user you are.',
    needs: null,
  },
] as const;

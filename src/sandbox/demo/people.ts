/** Who lives in the demo. The page lets a visitor be any of them. */
export const people = [
  {
    id: 'U0ADA',
    name: 'ada',
    fullName: 'Ada Lovelace',
    role: 'administrator',
    does: 'registers handle services and decides about everything',
  },
  {
    id: 'U0CORA',
    name: 'cora',
    fullName: 'Cora Curator',
    role: 'curator',
    does: 'decides who gets access',
  },
  {
    id: 'U0LENA',
    name: 'lena',
    fullName: 'Lena Krüger',
    role: 'researcher',
    does: 'wants to publish her survey with a DOI',
  },
  {
    id: 'U0TOM',
    name: 'tom',
    fullName: 'Tom Ngata',
    role: 'researcher',
    does: 'works on the same project',
  },
  {
    id: 'U0GWEN',
    name: 'gwen',
    fullName: 'Gwen Guest',
    role: 'guest',
    does: 'is a guest of the workspace and may ask for nothing',
  },
] as const;

export const channels = {
  team: { id: 'C0TEAM', name: 'open-data' },
  desk: { id: 'C0DESK', name: 'pid-desk' },
  operators: { id: 'C0OPS', name: 'desk-operators' },
} as const;

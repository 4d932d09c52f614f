import { z } from 'zod';
import { ACTIONS } from '../../src/requests/policy.js';
import { policySchema } from '../../src/policy/schema.js';
import { cell, page, table } from './markdown.js';

interface Node {
  readonly description?: string | undefined;
  readonly type?: string | undefined;
  readonly pattern?: string | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly const?: number | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly additionalProperties?: Node | boolean | undefined;
  readonly items?: Node | undefined;
  readonly anyOf?: readonly Node[] | undefined;
}

const Node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    description: z.string().optional(),
    type: z.string().optional(),
    pattern: z.string().optional(),
    enum: z.array(z.string()).optional(),
    const: z.number().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), Node).optional(),
    additionalProperties: z.union([Node, z.boolean()]).optional(),
    items: Node.optional(),
    anyOf: z.array(Node).optional(),
  }),
);

interface Key {
  readonly path: string;
  readonly kind: string;
  readonly must: boolean;
  readonly about: string;
}

/** Every key of the policy file, from the schema that editors use. */
export function policyPage(): string {
  const keys = keysOf(Node.parse(policySchema()), '');
  const silent = keys.filter(({ about }) => about === '').map(({ path }) => path);
  if (silent.length > 0) throw new Error(`The schema does not describe ${silent.join(', ')}.`);
  return page(
    'The policy file',
    'the schema of `policy.yml`',
    `\`policy.yml\` is the allowlist: what is not in it, nobody may do. [\`policy.example.yml\`](../../policy.example.yml) shows all of it in use,
[the administrator's guide](../guides/administrator.md) how to write one. The desk reads it again whenever it changes, and keeps the
one before if it is wrong. \`npx handle-desk policy check\` says what is wrong, with line and column.`,
    `The actions are ${ACTIONS.map((action) => `\`${action}\``).join(', ')}. Each of them takes the keys of \`actions.‹action›\`.`,
    table(
      ['key', 'what it takes', 'what it means'],
      keys.map(({ path, kind, must, about }) => [
        `\`${path}\`${must ? ' (needed)' : ''}`,
        cell(kind),
        cell(about),
      ]),
    ),
  );
}

function keysOf(node: Node, at: string): readonly Key[] {
  const { properties = {}, additionalProperties: free, items, required = [] } = node;
  // Every action has the same keys, so one stands for all.
  const isActions = Object.keys(properties).includes('grant');
  const named = isActions
    ? Object.entries(properties)
        .slice(0, 1)
        .map(([, one]) => ['‹action›', one] as const)
    : Object.entries(properties);
  const own = named.flatMap(([name, child]) => {
    const path = at === '' ? name : `${at}.${name}`;
    return [
      { path, kind: kindOf(child), must: required.includes(name), about: aboutOf(child, name) },
      ...keysOf(child, path),
    ];
  });
  const others = [
    ...(typeof free === 'object' ? keysOf(free, `${at}.‹name›`) : []),
    ...(items === undefined ? [] : keysOf(items, `${at}[]`)),
  ];
  return [...own, ...others];
}

const aboutOf = ({ description }: Node, name: string): string =>
  description ?? (name === '‹action›' ? 'The rule for one action.' : '');

function kindOf(node: Node): string {
  if (node.enum !== undefined) return node.enum.map((word) => `\`${word}\``).join(', ');
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  if (node.anyOf !== undefined) return node.anyOf.map(kindOf).join(', or ');
  if (node.items !== undefined) return `a list: ${kindOf(node.items)}`;
  if (typeof node.additionalProperties === 'object') return 'names of your own, each with keys';
  if (node.type === 'integer') return 'a whole number';
  return node.type === 'string' ? 'text' : 'keys';
}

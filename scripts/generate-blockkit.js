/**
 * Writes src/sandbox/slack/blockkit/blockkit.schema.generated.ts: the shapes of @slack/types as JSON Schema, with Slack's
 * length limits added, which types cannot say. Run by hand after an update of @slack/types: `node scripts/generate-blockkit.js`.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const require = createRequire(import.meta.url);
const target = fileURLToPath(
  new URL('../src/sandbox/slack/blockkit/blockkit.schema.generated.ts', import.meta.url),
);

const string = (max, min = 1) => ({ minLength: min, maxLength: max });
const text = (max) => ({ properties: { text: { maxLength: max } } });
const list = (max, min = 1, items = {}) => ({ minItems: min, maxItems: max, items });
const number = (min, max) => ({ type: 'integer', minimum: min, maximum: max });
const date = { pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' };
const time = { pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };
const decimal = { pattern: '^-?\\d+(\\.\\d+)?$' };

const options = { options: list(100), option_groups: list(100) };
const groups = { items: { properties: { label: text(75), options: list(100) } } };
const button = {
  text: text(75),
  value: string(2000),
  url: string(3000),
  accessibility_label: string(75),
};
const optionLimits = {
  text: text(75),
  value: string(150),
  description: text(75),
  url: string(3000),
};
const image = { image_url: string(3000), alt_text: string(2000), title: text(2000) };
const view = {
  callback_id: string(255, 0),
  external_id: string(255, 0),
  private_metadata: string(3000, 0),
  blocks: list(100, 0),
};

/** By definition, then by property: what is added to the schema made from the type. */
const limits = {
  PlainTextElement: { text: string(3000) },
  MrkdwnElement: { text: string(3000) },
  PlainTextOption: optionLimits,
  MrkdwnOption: optionLimits,
  ConfirmationDialog: { title: text(100), text: text(300), confirm: text(30), deny: text(30) },
  Button: button,
  WorkflowButton: { text: text(75), accessibility_label: string(75) },
  IconButton: { text: text(75), value: string(2000), accessibility_label: string(75) },
  Checkboxes: { options: list(10), initial_options: list(10) },
  RadioButtons: { options: list(10) },
  Overflow: { options: list(5) },
  StaticSelect: { ...options, option_groups: { ...options.option_groups, ...groups } },
  MultiStaticSelect: {
    ...options,
    option_groups: { ...options.option_groups, ...groups },
    initial_options: list(100),
    max_selected_items: number(1, 100),
  },
  MultiExternalSelect: { initial_options: list(100), max_selected_items: number(1, 100) },
  MultiUsersSelect: { initial_users: list(100), max_selected_items: number(1, 100) },
  MultiChannelsSelect: { initial_channels: list(100), max_selected_items: number(1, 100) },
  MultiConversationsSelect: {
    initial_conversations: list(100),
    max_selected_items: number(1, 100),
  },
  Datepicker: { initial_date: date },
  Timepicker: { initial_time: time },
  DateTimepicker: { initial_date_time: number(1_000_000_000, 9_999_999_999) },
  PlainTextInput: {
    min_length: number(0, 3000),
    max_length: number(1, 3000),
    initial_value: string(3000, 0),
  },
  NumberInput: { min_value: decimal, max_value: decimal, initial_value: decimal },
  RichTextInput: { min_lines: number(1, 100), max_lines: number(1, 100) },
  FileInput: { max_files: number(1, 10) },
  ActionsBlock: { elements: list(25) },
  AlertBlock: { text: text(200) },
  CardBlock: { title: text(150), subtitle: text(150), body: text(200), actions: list(3) },
  CarouselBlock: { elements: list(10) },
  ContainerBlock: { title: text(150), child_blocks: list(10) },
  ContextBlock: { elements: list(10) },
  ContextActionsBlock: { elements: list(5) },
  DataTableBlock: {
    rows: list(201, 2, list(20)),
    page_size: number(1, 100),
    caption: string(20_000),
  },
  HeaderBlock: { text: text(150) },
  ImageBlock: image,
  ImageElement: image,
  InputBlock: { label: text(2000), hint: text(2000) },
  MarkdownBlock: { text: string(12_000) },
  SectionBlock: { fields: list(10, 1, text(2000)) },
  TableBlock: { rows: list(100, 1, list(20)) },
  ModalView: { ...view, title: text(24), submit: text(24), close: text(24) },
  HomeView: view,
};

/** By definition: what holds between properties. */
const oneOf = (...names) => ({ oneOf: names.map((name) => ({ required: [name] })) });
const hasInput = {
  properties: { blocks: { contains: { properties: { type: { const: 'input' } } } } },
};
const between = {
  SectionBlock: { anyOf: [{ required: ['text'] }, { required: ['fields'] }] },
  StaticSelect: oneOf('options', 'option_groups'),
  MultiStaticSelect: oneOf('options', 'option_groups'),
  ModalView: { if: hasInput, then: { required: ['submit'] } },
};

const ids = { block_id: string(255), action_id: string(255) };
const selects = /(Select|picker|Input)$/;

function limited(name, definition) {
  if (definition.anyOf !== undefined && definition.properties === undefined) {
    return {
      anyOf: definition.anyOf.map((branch) => (branch.properties ? limited(name, branch) : branch)),
    };
  }
  if (definition.properties === undefined) return definition;
  const added = {
    ...ids,
    ...(selects.test(name) ? { placeholder: text(150) } : {}),
    ...limits[name],
  };
  const properties = Object.fromEntries(
    Object.entries(definition.properties).map(([key, schema]) => [
      key,
      added[key] === undefined ? schema : { allOf: [schema, added[key]] },
    ]),
  );
  return { ...definition, properties, ...between[name] };
}

const generator = createGenerator({
  path: require.resolve('@slack/types').replace(/\.js$/, '.d.ts'),
  skipTypeCheck: true,
  additionalProperties: false,
  jsDoc: 'none',
  expose: 'all',
});
const definitions = Object.assign(
  {},
  ...['ModalView', 'HomeView', 'OptionGroup'].map(
    (type) => generator.createSchema(type).definitions,
  ),
);
delete definitions.AnyBlock;
delete definitions.Block;
for (const name of ['ModalView', 'HomeView']) {
  definitions[name].properties.blocks.items = { $ref: '#/definitions/KnownBlock' };
}
definitions.MessageBlocks = {
  type: 'array',
  items: { $ref: '#/definitions/KnownBlock' },
  maxItems: 50,
};
definitions.OptionList = {
  type: 'array',
  items: { $ref: '#/definitions/PlainTextOption' },
  maxItems: 100,
};
definitions.OptionGroupList = {
  type: 'array',
  items: { allOf: [{ $ref: '#/definitions/OptionGroup' }, groups.items] },
  maxItems: 100,
};

const lines = Object.keys(definitions)
  .sort()
  .map(
    (name) => `    ${JSON.stringify(name)}: ${JSON.stringify(limited(name, definitions[name]))},`,
  );
writeFileSync(
  target,
  `// Made by scripts/generate-blockkit.js from @slack/types; not to be edited.
// prettier-ignore
export const blockKitSchema: object = {
  "$id": "blockkit",
  "definitions": {
${lines.join('\n')}
  },
};
`,
);

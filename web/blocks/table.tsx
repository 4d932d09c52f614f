import { IconText } from './icon-text.js';
import { RichText } from './rich-text.js';
import type { BlockOf, Cell, Column } from './schema.js';

interface Props {
  readonly rows: BlockOf<'table'>['rows'];
  readonly columns: BlockOf<'table'>['column_settings'];
}

/** Slack's `table` block, whose first row is the header. A wide one scrolls in its own box. */
export function Table({ rows: [head = [], ...rows], columns }: Props) {
  return (
    <div class="block-table" tabIndex={0} role="region" aria-label="Table">
      <table>
        <thead>
          <tr>
            {head.map((cell, at) => (
              <th key={at} scope="col" class={classOf(columns[at])}>
                <CellView cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={at} class={classOf(columns[at])}>
                  <CellView cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const classOf = (column: Column | null | undefined): string =>
  `${column?.align ?? 'left'} ${column?.is_wrapped === true ? 'wraps' : ''}`.trim();

function CellView({ cell }: { readonly cell: Cell }) {
  switch (cell.type) {
    case 'raw_text':
      return <IconText text={cell.text} />;
    case 'raw_number':
      return <>{cell.text ?? cell.value}</>;
    case 'rich_text':
      return <RichText elements={cell.elements} />;
  }
}

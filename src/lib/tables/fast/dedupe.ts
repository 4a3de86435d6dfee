/** `dedupe`: the first row of each group, in the table's order. */
import type { ColumnTable } from 'arquero';
import { groupsBy } from './groupby.ts';
import { isSortable } from './ordering.ts';
import { taken } from './reify.ts';

export function dedupe(table: ColumnTable, keys: readonly unknown[]): ColumnTable | null {
	const flat = keys.flat();
	const groups = groupsBy(table, flat.length ? flat : table.columnNames());
	if (!groups) return null;
	const plain = table.isGrouped() ? table.create({ groups: null } as never) : table;
	// Nothing to take away: Arquero's columns are then those of the table.
	if (!table.isOrdered() && groups.size === table.totalRows())
		return plain.create({ filter: null } as never);
	if (!table.isOrdered()) return taken(plain, Uint32Array.from(groups.rows));
	if (!isSortable(table)) return null;
	const met = new Uint8Array(groups.size);
	const first: number[] = [];
	for (const row of table.indices() as Uint32Array) {
		const group = groups.keys[row] as number;
		if (met[group] === 1) continue;
		met[group] = 1;
		first.push(row);
	}
	return taken(plain, Uint32Array.from(first));
}

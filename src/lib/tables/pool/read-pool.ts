/**
 * A pool as one table: the parts one below the other, with a column that says whose each row is. The same parts in
 * the same order always make the same table. A column that the contract gained since a part was made is missing
 * in that part.
 */
import { storedAs } from '../../core/dataset/value-type.ts';
import { ORGANISATION_COLUMN, type Contract } from '../../core/pool/contract.ts';
import type { Column } from '../column.ts';
import { textColumn } from '../column-of.ts';
import { concatenate } from './concatenate.ts';

export interface PoolTablePart {
	/** Name of the organisation, as the pool's table shows it. */
	readonly organisation: string;
	/** Of a version of the contract that this one is compatible with. */
	readonly columns: readonly Column[];
}

export function readPool(contract: Contract, parts: readonly PoolTablePart[]): Column[] {
	const rowsOf = ({ columns }: PoolTablePart): number => columns[0]?.length ?? 0;
	const whose = concatenate(
		ORGANISATION_COLUMN,
		'text',
		'category',
		parts.map((part) => ({
			column: textColumn('', new Array<string>(rowsOf(part)).fill(part.organisation)),
			rows: rowsOf(part),
			without: null
		}))
	);
	return [
		whose,
		...contract.columns.map(({ name, type }) =>
			concatenate(
				name,
				storedAs(type),
				type,
				parts.map((part) => ({
					column: part.columns.find((column) => column.name === name) ?? null,
					rows: rowsOf(part),
					without: null
				}))
			)
		)
	];
}

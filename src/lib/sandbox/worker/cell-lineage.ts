/** Where a cell's values may come from: its inputs, its files, and what other cells may have put in its objects. */
import { ColumnTable } from 'arquero';
import type { Lineage, LineageSource } from '../../core/governance/terms.ts';
import type { CellNode } from './cell-node.ts';
import type { Given } from './group-floors.ts';
import type { LineageContext } from './lineage.ts';
import { knownLineage, NO_LINEAGE, unionLineage } from './lineage.ts';
import { liveSource } from './live.ts';

/** The values of the names that other cells give this one. */
export function inputValues({ inputs }: CellNode): unknown[] {
	return inputs.flatMap((input) => (typeof input === 'string' ? [] : [input.value]));
}

/** All that a cell's value can come from: its inputs, its files, and what others put in its objects. */
export function lineageOf(node: CellNode): Lineage {
	if (node.lineageMemo) return node.lineageMemo;
	// Two cells may hold each other's objects: while one is being looked at, it adds nothing more.
	node.lineageMemo = NO_LINEAGE;
	const parts: Lineage[] = [];
	for (const input of node.inputs) {
		if (typeof input === 'string' || !input.cell) continue;
		const known = input.value instanceof ColumnTable ? knownLineage(input.value) : null;
		parts.push(known ?? lineageOf(input.cell));
	}
	if (node.files.length > 0) {
		const steps = node.files.map(({ rows }) => ({ cell: node.id, verb: 'load', rows }));
		parts.push({ sources: node.files, steps });
	}
	if (node.taints) parts.push(...node.taints);
	const { sources, steps } = unionLineage(parts);
	const own = { cell: node.id, verb: 'code', rows: null };
	return (node.lineageMemo =
		sources.length === 0 ? NO_LINEAGE : { sources, steps: [...steps, own] });
}

/** What code could read in a cell: where an input is no table, all that its own cell could. */
export function givenTo(node: CellNode): Given {
	const tables = new Set<ColumnTable>();
	const files = new Set<LineageSource>();
	const cells = new Set([node]);
	for (const cell of cells) {
		for (const file of cell.files) files.add(file);
		for (const { sources } of cell.taints ?? []) for (const source of sources) files.add(source);
		for (const input of cell.inputs) {
			if (typeof input === 'string' || !input.cell) continue;
			if (input.value instanceof ColumnTable) tables.add(input.value);
			else cells.add(input.cell);
		}
	}
	return { tables, files: [...files] };
}

/**
 * A cell may put what it was given into the objects that it was given: their cells then come from all that this
 * one comes from. Tables and functions of cells that keep nothing are left out.
 */
export function taintInputs(node: CellNode, handle: LineageContext): void {
	let mine: Lineage | null = null;
	for (const input of node.inputs) {
		if (typeof input === 'string' || !input.cell || input.cell.analysis.stateless) continue;
		const { value } = input;
		if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
		if (value instanceof ColumnTable || liveSource(value)) continue;
		mine ??= handle.lineage();
		if (mine.sources.length === 0) return;
		const { cell } = input;
		const known = new Set(lineageOf(cell).sources);
		if (mine.sources.every((source) => known.has(source))) continue;
		(cell.taints ??= []).push(mine);
		cell.lineageMemo = null;
	}
}

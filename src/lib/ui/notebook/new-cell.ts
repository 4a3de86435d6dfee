/** What a new cell begins with: a source that runs as it is, over what the notebook already holds. */
import type { CellKind } from '$lib/core/notebook/kind';
import type { CellMode } from '$lib/core/notebook/notebook';
import { m } from '$lib/paraglide/messages';

export interface NotebookTables {
	/** Names defined in the notebook, whatever they are. */
	readonly names: readonly string[];
	/** Columns of the tables among them. */
	readonly columns: Readonly<Record<string, readonly string[]>>;
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** `wanted`, or `wanted2`, `wanted3`… where it is taken. */
export function freeName(wanted: string, names: readonly string[]): string {
	for (let n = 1; ; n++) {
		const name = n === 1 ? wanted : `${wanted}${n}`;
		if (!names.includes(name)) return name;
	}
}

export function newCell(
	kind: CellKind,
	notebook: NotebookTables
): { mode: CellMode; source: string } {
	const [table, columns = []] = Object.entries(notebook.columns).at(-1) ?? [];
	const column = JSON.stringify(columns[0] ?? 'x');
	const name = (wanted: string): string => freeName(wanted, notebook.names);
	switch (kind) {
		case 'text':
			return { mode: 'md', source: '' };
		case 'data':
			return {
				mode: 'js',
				source: `const ${name(m.notebook_name_data())} = aq.table({x: [1, 2, 3], y: [4, 9, 16]});`
			};
		case 'transform':
			return {
				mode: 'js',
				source: table
					? `const ${name(m.notebook_name_result())} = ${table}\n  .groupby(${column})\n  .count()\n  .orderby(aq.desc("count"));`
					: `const ${name(m.notebook_name_result())} = aq.table({x: [1, 2, 3]}).derive({y: d => d.x * d.x});`
			};
		case 'chart':
			return {
				mode: 'js',
				source: table
					? `Plot.plot({\n  title: ${JSON.stringify(m.notebook_name_chart())},\n  marginLeft: 120,\n  marks: [\n    Plot.barX(${table}, Plot.groupY({x: "count"}, {y: ${column}})),\n    Plot.ruleX([0])\n  ]\n})`
					: `Plot.plot({\n  title: ${JSON.stringify(m.notebook_name_chart())},\n  marks: [Plot.barY([{x: "A", y: 3}, {x: "B", y: 5}], {x: "x", y: "y"})]\n})`
			};
		case 'control':
			return {
				mode: 'js',
				source: `const ${name(m.notebook_name_control())} = view(Inputs.range([0, 100], {label: ${JSON.stringify(m.notebook_name_control_label())}, value: 50, step: 1}));`
			};
		case 'code':
			return { mode: 'js', source: '' };
	}
}

/** A cell that names a dataset version. */
export function dataCell(
	file: string,
	slug: string,
	names: readonly string[]
): { mode: CellMode; source: string } {
	const plain = slug
		.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
		.replace(/[^\p{ID_Continue}]/gu, '');
	const name = freeName(IDENTIFIER.test(plain) ? plain : m.notebook_name_data(), names);
	return {
		mode: 'js',
		source: `const ${name} = FileAttachment(${JSON.stringify(file)}).arquero();`
	};
}

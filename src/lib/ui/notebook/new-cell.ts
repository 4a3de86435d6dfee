/** What a new cell begins with: a source that runs as it is, over what the notebook already holds. */
import { tableNameOf } from '$lib/core/dataset/file-name';
import type { CellKind } from '$lib/core/notebook/kind';
import type { CellMode, Lang } from '$lib/core/notebook/notebook';
import type { ColumnSummary, ColumnType } from '$lib/core/protocol/messages';
import { m } from '$lib/paraglide/messages';
import { freeName } from './free-name.ts';

export interface NotebookTables {
	/** Names defined in the notebook, whatever they are. */
	readonly names: readonly string[];
	/** The tables among them, in the order of the page. */
	readonly tables: readonly KnownTable[];
	/** The notebook's own; the reader's where it is not told. */
	readonly lang?: Lang;
}

/** A table that a new cell can start from; what is not known yet is null. */
export interface KnownTable {
	readonly name: string;
	readonly rows: number | null;
	readonly columns: readonly KnownColumn[];
}
export interface KnownColumn {
	readonly name: string;
	readonly type: ColumnType | null;
	/** Distinct values. */
	readonly distinct: number | null;
	/** Its most frequent texts. */
	readonly top: readonly string[];
	/** What else the worker tells of it. */
	readonly valueType?: ColumnSummary['valueType'];
	readonly missing?: number;
	readonly min?: number | null;
	readonly max?: number | null;
}

export const quoted = (text: string): string => JSON.stringify(text);
export const bare = (name: string): string =>
	name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Names that say « one of these for each row », or a moment, or a measure. */
export const ONE_EACH =
	/^(id|ids|uuid|no|num|numero|number|cle|key|ref|reference|index|nom|name|prenom|courriel|email|adresse|address|telephone|phone|titre|title|description|commentaire|comment|url|lien|link)$|(^|[_ .-])(id|no|numero|uuid|ref)$|^(id|no|num)[_ .-]|^code[_ .-]?(postal)|postal/;
const MOMENT = /date|jour|day|heure|hour|time|annee|year|mois|month|semaine|week|trimestre|quarter/;
export const MEASURE =
	/^(count|n|nb|nombre|total|somme|sum|moyenne|mean|montant|amount|prix|price|revenus?|revenue|recettes?|ventes|sales|billets?|tickets|entrees|admissions|assistance|attendance|capacite|capacity|places|seats|budget|taux|rate|part|share|pourcentage|percent|quantite|quantity|latitude|longitude|age)([_ .-]|$)|^(nb|nombre|total)[_ .-]/;
const CATEGORY =
	/salle|lieu|venue|discipline|region|genre|categorie|category|type|ville|city|saison|season|public|audience|tarif|fare|canal|channel|langue|language|secteur|sector|statut|status|organis|groupe|group|famille|mode/;
/** More bars than that are not read one by one. */
const FEW = 30;

/**
 * The column that rows are best grouped by: a text of few distinct values. Where types and counts are not known
 * yet, by its name.
 */
export function categoryOf({ columns, rows }: Pick<KnownTable, 'columns' | 'rows'>): string {
	const score = ({ name, type, distinct }: KnownColumn): number => {
		const plain = bare(name);
		let points = CATEGORY.test(plain) ? 6 : 0;
		if (type !== null) points += type === 'text' ? 10 : type === 'boolean' ? 4 : -10;
		else if (MEASURE.test(plain)) points -= 12;
		if (ONE_EACH.test(plain)) points -= 12;
		if (MOMENT.test(plain)) points -= type === 'text' ? 3 : 8;
		if (distinct !== null) {
			if (distinct > 1 && distinct <= FEW) points += 8;
			else if (distinct <= 1) points -= 6;
			if (rows !== null && rows > 2 && distinct >= rows) points -= 6;
		} else if (rows !== null && rows > FEW && type === 'text') points -= 4; // more than are counted
		return points;
	};
	let best = columns[0];
	for (const column of columns) if (best && score(column) > score(best)) best = column;
	return best?.name ?? 'x';
}

/** What a count is called by clicks, in a notebook of either language, and by Arquero. */
const COUNTED: ReadonlySet<string> = new Set(
	(['fr', 'en'] as const).map((locale) => m.steps_name_count({}, { locale }))
);

/** The number of a table that has one row for each category: what a chart of it draws. Null for any other table. */
export function measureOf(table: KnownTable): string | null {
	const { columns, rows } = table;
	if (columns.length < 2) return null;
	const category = columns.find(({ name }) => name === categoryOf(table));
	const numeric = columns.filter(
		({ name, type }) =>
			name !== category?.name &&
			(type === null ? MEASURE.test(bare(name)) : type === 'number' || type === 'integer')
	);
	const counted = numeric.find(({ name }) => COUNTED.has(name));
	if (counted) return counted.name;
	const oneEach =
		category?.type === 'text' &&
		category.distinct !== null &&
		rows !== null &&
		category.distinct === rows &&
		!columns.some(({ name }) => ONE_EACH.test(bare(name)));
	return oneEach ? (numeric[0]?.name ?? null) : null;
}

/** Of a chart: one over no table, that can be changed. */
export function newCell(
	kind: CellKind,
	notebook: NotebookTables
): { mode: CellMode; source: string } {
	const name = (wanted: string): string => freeName(wanted, notebook.names);
	const last = notebook.tables.at(-1);
	/** What is counted already is not counted again. */
	const rows = notebook.tables.findLast((table) => measureOf(table) === null) ?? last;
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
				source: rows
					? // No step that nobody asked for: its panel offers the first ones.
						`const ${name(m.notebook_name_result())} = ${rows.name};`
					: `const ${name(m.notebook_name_result())} = aq.table({x: [1, 2, 3]}).derive({y: d => d.x * d.x});`
			};
		case 'chart':
			return {
				mode: 'js',
				source: `Plot.plot({\n  title: ${JSON.stringify(m.notebook_name_chart())},\n  marks: [Plot.barY([{x: "A", y: 3}, {x: "B", y: 5}], {x: "x", y: "y"})]\n})`
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
	const name = freeName(tableNameOf(slug) ?? m.notebook_name_data(), names);
	return {
		mode: 'js',
		source: `const ${name} = FileAttachment(${JSON.stringify(file)}).arquero();`
	};
}

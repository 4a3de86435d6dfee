/**
 * The six kinds of cell that a person meets. The kind is recognised from the source and never stored, so
 * that a notebook that went through another tool comes back with the same kinds.
 */
import type { Lang } from './notebook.ts';

export const CELL_KINDS = ['text', 'data', 'transform', 'chart', 'control', 'code'] as const;
export type CellKind = (typeof CELL_KINDS)[number];

/** Arquero's verbs that make a table from a table. */
export const TABLE_VERBS: ReadonlySet<string> = new Set(
	`antijoin assign concat count cross dedupe derive except filter fold groupby impute intersect join join_full
	join_left join_right lookup orderby params pivot reduce reify relocate rename rollup sample select semijoin slice
	spread ungroup union unorder unroll`.split(/\s+/)
);

/**
 * The kind that the beginning of a script shows: for a source that does not parse, and before anyone parsed it, so that
 * typing does not change it.
 */
export function kindOfDraft(source: string): CellKind {
	const start = source
		.replace(/^(\s|\/\/.*\n|\/\*[^]*?\*\/)+/, '')
		.replace(/^(const|let|var)\s+[\p{L}\p{N}_$]+\s*=\s*/u, '')
		.replace(/^await\s+/, '');
	if (/^FileAttachment\s*\(/.test(start)) return 'data';
	if (/^(view\s*\(\s*)?Inputs\s*\./.test(start)) return 'control';
	if (/^(display\s*\(\s*)?Plot\s*\.\s*plot\b/.test(start)) return 'chart';
	const verb = /^[\p{L}\p{N}_$]+(?:\s*\.\s*[\p{L}_]+\s*\([^]*?\))*?\s*\.\s*([a-z_]+)\s*\(/u.exec(
		start
	);
	return verb?.[1] && TABLE_VERBS.has(verb[1]) ? 'transform' : 'code';
}

const NAMES: Record<'data' | 'transform' | 'control', Record<Lang, string>> = {
	data: { fr: 'donnees', en: 'data' },
	transform: { fr: 'resultat', en: 'result' },
	control: { fr: 'seuil', en: 'threshold' }
};

/** `name`, or `name2`, `name3`… when it is taken. */
export function freshName(name: string, taken: Iterable<string>): string {
	const used = new Set(taken);
	if (!used.has(name)) return name;
	let number = 2;
	while (used.has(`${name}${number}`)) number += 1;
	return `${name}${number}`;
}

export interface StarterContext {
	/** Names that the notebook already defines. */
	readonly taken: Iterable<string>;
	/** The table that the cell starts from, when there is one. */
	readonly table?: string;
	/** The file of a data cell: `slug@version.arrow`. */
	readonly file?: string;
	/** Two columns to draw: what, and how much. */
	readonly columns?: readonly [string, string];
}

/** The source that a new cell begins with. It runs as it is wherever the notebook has the table it names. */
export function starterSource(
	kind: CellKind,
	lang: Lang,
	{ taken, table, file, columns }: StarterContext
): string {
	const fr = lang === 'fr';
	const source = table ?? NAMES.data[lang];
	switch (kind) {
		case 'text':
			return fr ? '## Titre\n\nVotre texte.' : '## Title\n\nYour text.';
		case 'data': {
			const name = freshName(NAMES.data[lang], taken);
			return `const ${name} = FileAttachment(${JSON.stringify(file ?? '')}).arquero();`;
		}
		case 'transform':
			return `const ${freshName(NAMES.transform[lang], taken)} = ${source}\n  .slice(0, 100);`;
		case 'control': {
			const label = fr ? 'Seuil' : 'Threshold';
			return `const ${freshName(NAMES.control[lang], taken)} = view(Inputs.range([0, 100], {label: "${label}", value: 10, step: 1}));`;
		}
		case 'chart': {
			const [x, y] = columns ?? ['x', 'y'];
			const title = fr ? 'Titre du graphique' : 'Chart title';
			return `Plot.plot({\n  title: "${title}",\n  marks: [Plot.barY(${source}, {x: ${JSON.stringify(x)}, y: ${JSON.stringify(y)}})]\n})`;
		}
		case 'code':
			return '';
	}
}

/** Steps in plain words, in French and in English: « garde les lignes où *région* est Montréal ». */
import type { Lang } from '../notebook/notebook.ts';
import { orderOf } from './chosen-order.ts';
import { describeExpression } from './describe-expression.ts';
import { columns, describeDerive, filling, groups, made, summed } from './describe-made.ts';
import { intentOf } from './intent.ts';
import { countName } from './read-step.ts';
import {
	choose,
	columnWords,
	numberText,
	say,
	sayList,
	tableWords,
	textWords,
	valueWords
} from './say.ts';
import type { MatchedColumns, SortBy, Step } from './step.ts';
import type { Words } from './words.ts';

export { describeExpression } from './describe-expression.ts';

const sorted = (by: readonly SortBy[], lang: Lang): Words =>
	sayList(
		by.map(({ value, descending }) => {
			const order = orderOf(value);
			if (order)
				return say(
					descending
						? choose(lang, '{0} (dans l’ordre inverse de {1})', '{0} (in the reverse order of {1})')
						: choose(lang, '{0} (dans l’ordre {1})', '{0} (in the order {1})'),
					columnWords(order.name),
					sayList(order.values.map(valueWords), lang)
				);
			return say(
				descending
					? choose(lang, '{0} (décroissant)', '{0} (descending)')
					: by.some((one) => one.descending)
						? choose(lang, '{0} (croissant)', '{0} (ascending)')
						: '{0}',
				describeExpression(value, lang)
			);
		}),
		lang
	);

/** « par ordre décroissant de *prix* ». */
function inOrder(by: readonly SortBy[], lang: Lang): Words {
	const [only, more] = by;
	return only?.descending && !more && !orderOf(only.value)
		? say(
				choose(lang, 'par ordre décroissant de {0}', 'in descending order of {0}'),
				describeExpression(only.value, lang)
			)
		: say(choose(lang, 'par ordre de {0}', 'in order of {0}'), sorted(by, lang));
}

const matched = (on: readonly MatchedColumns[], lang: Lang): Words => {
	const words = sayList(
		on.map(({ left, right }) =>
			left === right ? columnWords(left) : say('{0} = {1}', columnWords(left), columnWords(right))
		),
		lang
	);
	const readAs = on.flatMap((match) => match.readAs ?? []);
	const read = readAs.length
		? say(
				choose(lang, '{0}, en lisant {1}', '{0}, reading {1}'),
				words,
				sayList(
					readAs.map(([from, to]) =>
						say(choose(lang, '{0} comme {1}', '{0} as {1}'), valueWords(from), valueWords(to))
					),
					lang
				)
			)
		: words;
	return on.some(({ folded }) => folded)
		? say(
				choose(
					lang,
					'{0} (sans tenir compte des accents, des majuscules, des tirets ni des espaces)',
					'{0} (accents, case, dashes and spaces ignored)'
				),
				read
			)
		: read;
};

/** « les 10 premières lignes », “the first 10 rows”. */
function firstRows(count: number, lang: Lang): Words {
	return count === 1
		? textWords(choose(lang, 'la première ligne', 'the first row'))
		: say(
				choose(lang, 'les {0} premières lignes', 'the first {0} rows'),
				valueWords(numberText(count, lang))
			);
}

function lastRows(count: number, lang: Lang): Words {
	return count === 1
		? textWords(choose(lang, 'la dernière ligne', 'the last row'))
		: say(
				choose(lang, 'les {0} dernières lignes', 'the last {0} rows'),
				valueWords(numberText(count, lang))
			);
}

function describeSlice(from: number, to: number | null, lang: Lang): Words {
	const keeps = choose(lang, 'garde {0}', 'keeps {0}');
	const drops = choose(lang, 'retire {0}', 'removes {0}');
	if (from === 0 && to === null)
		return textWords(choose(lang, 'garde toutes les lignes', 'keeps all rows'));
	if (from === 0 && to !== null)
		return to >= 0 ? say(keeps, firstRows(to, lang)) : say(drops, lastRows(-to, lang));
	if (to === null)
		return from < 0 ? say(keeps, lastRows(-from, lang)) : say(drops, firstRows(from, lang));
	if (from >= 0 && to > from)
		return say(
			choose(lang, 'garde les lignes {0} à {1}', 'keeps rows {0} to {1}'),
			valueWords(numberText(from + 1, lang)),
			valueWords(numberText(to, lang))
		);
	return say(
		choose(
			lang,
			'garde les lignes de la position {0} à la position {1}',
			'keeps rows from position {0} to position {1}'
		),
		valueWords(numberText(from, lang)),
		valueWords(numberText(to, lang))
	);
}

const JOINS = {
	left: {
		fr: 'ajoute les colonnes de {0} aux lignes qui y correspondent, selon {1}',
		en: 'adds the columns of {0} to the rows that match, by {1}'
	},
	inner: {
		fr: 'garde les lignes qui correspondent à {0} et ajoute ses colonnes, selon {1}',
		en: 'keeps the rows that match {0} and adds its columns, by {1}'
	},
	right: {
		fr: 'garde toutes les lignes de {0} et y ajoute les colonnes de ce tableau, selon {1}',
		en: 'keeps all rows of {0} and adds this table’s columns to them, by {1}'
	},
	full: {
		fr: 'garde toutes les lignes des deux tableaux, celui-ci et {0}, réunies selon {1}',
		en: 'keeps all rows of both tables, this one and {0}, put together by {1}'
	},
	semi: {
		fr: 'garde les lignes qui se trouvent dans {0}, selon {1}',
		en: 'keeps the rows that are found in {0}, by {1}'
	},
	anti: {
		fr: 'garde les lignes qui ne se trouvent pas dans {0}, selon {1}',
		en: 'keeps the rows that are not found in {0}, by {1}'
	}
} as const;

/** What a step does, as a sentence without its subject. */
export function describeStep(step: Step, lang: Lang): Words {
	const pick = (fr: string, en: string, ...given: readonly Words[]): Words =>
		say(choose(lang, fr, en), ...given);
	switch (step.kind) {
		case 'filter':
			return pick(
				'garde les lignes où {0}',
				'keeps the rows where {0}',
				describeExpression(step.where, lang)
			);
		case 'derive':
			return describeDerive(step.columns, lang);
		case 'select':
			return pick(
				step.columns.length === 1 ? 'garde la colonne {0}' : 'garde les colonnes {0}',
				step.columns.length === 1 ? 'keeps the column {0}' : 'keeps the columns {0}',
				columns(step.columns, lang)
			);
		case 'drop':
			return pick(
				step.columns.length === 1 ? 'retire la colonne {0}' : 'retire les colonnes {0}',
				step.columns.length === 1 ? 'removes the column {0}' : 'removes the columns {0}',
				columns(step.columns, lang)
			);
		case 'rename':
			return pick(
				'renomme {0}',
				'renames {0}',
				sayList(
					step.names.map(({ from, to }) =>
						pick('{0} en {1}', '{0} to {1}', columnWords(from), columnWords(to))
					),
					lang
				)
			);
		case 'relocate':
			return 'before' in step.place
				? pick(
						'place {0} avant {1}',
						'moves {0} before {1}',
						columns(step.columns, lang),
						columnWords(step.place.before)
					)
				: pick(
						'place {0} après {1}',
						'moves {0} after {1}',
						columns(step.columns, lang),
						columnWords(step.place.after)
					);
		case 'summarise': {
			const by = groups(step.by, lang);
			const done = summed(step.values, lang);
			const [only, more] = done;
			if (!only)
				return step.by.length
					? pick('garde une ligne par {0}', 'keeps one row for each {0}', by)
					: pick('fait une seule ligne du tableau', 'makes one row of the table');
			if (!step.by.length)
				return countName(step.values) !== null
					? only.words
					: pick(
							'résume tout le tableau\u00a0: {0}',
							'summarises the whole table: {0}',
							sayList(
								done.map(({ words }) => words),
								lang
							)
						);
			return !more && only.plain
				? pick('{0} par {1}', '{0} by {1}', only.words, by)
				: sayList(
						[pick('regroupe par {0}', 'groups by {0}', by), ...done.map(({ words }) => words)],
						lang
					);
		}
		case 'group':
			return pick('forme des groupes par {0}', 'makes groups by {0}', groups(step.by, lang));
		case 'ungroup':
			return pick('défait les groupes', 'takes the groups apart');
		case 'sort':
			return pick('trie par {0}', 'sorts by {0}', sorted(step.by, lang));
		case 'slice':
			return describeSlice(step.from, step.to, lang);
		case 'top': {
			const rows = firstRows(step.count, lang);
			const within = step.within.length
				? pick('{0} de chaque {1}', '{0} of each {1}', rows, groups(step.within, lang))
				: rows;
			return step.by.length
				? pick('garde {0}, {1}', 'keeps {0}, {1}', within, inOrder(step.by, lang))
				: pick('garde {0}', 'keeps {0}', within);
		}
		case 'join':
			return say(JOINS[step.join][lang], tableWords(step.table), matched(step.on, lang));
		case 'lookup':
			return pick(
				'ajoute {0} de {1}, selon {2}',
				'adds {0} from {1}, by {2}',
				columns(step.columns, lang),
				tableWords(step.table),
				matched(step.on, lang)
			);
		case 'stack':
			return pick(
				step.distinct
					? 'ajoute en dessous les lignes de {0}, sans les doublons'
					: 'ajoute en dessous les lignes de {0}',
				step.distinct
					? 'adds the rows of {0} below, without duplicates'
					: 'adds the rows of {0} below',
				sayList(step.tables.map(tableWords), lang)
			);
		case 'pivot':
			return pick(
				step.by.length
					? 'fait une colonne de chaque {0}, une ligne par {2}, avec {1}'
					: 'fait une colonne de chaque {0}, avec {1}',
				step.by.length
					? 'makes a column of each {0}, a row for each {2}, with {1}'
					: 'makes a column of each {0}, with {1}',
				groups(step.columns, lang),
				sayList(
					step.values.map(({ value }) => describeExpression(value, lang)),
					lang
				),
				groups(step.by, lang)
			);
		case 'unpivot':
			return pick(
				'fait des lignes des colonnes {0}\u00a0: leur nom dans {1}, leur valeur dans {2}',
				'makes rows of the columns {0}: their name in {1}, their value in {2}',
				columns(step.columns, lang),
				columnWords(step.names),
				columnWords(step.values)
			);
		case 'dedupe':
			return step.columns.length
				? pick('garde une ligne par {0}', 'keeps one row for each {0}', columns(step.columns, lang))
				: pick('retire les lignes en double', 'removes duplicate rows');
		case 'fill':
			return pick(
				'remplit les valeurs manquantes de {0}',
				'fills the missing values of {0}',
				sayList(
					step.columns.map(({ name, value }) =>
						pick('{0} par {1}', '{0} with {1}', columnWords(name), filling(name, value, lang))
					),
					lang
				)
			);
		case 'window': {
			const where = [
				...(step.within.length
					? [pick('dans chaque {0}', 'within each {0}', groups(step.within, lang))]
					: []),
				...(step.order.length ? [inOrder(step.order, lang)] : [])
			];
			return pick(
				`${where.map((_, i) => `{${i + 1}}, `).join('')}calcule {0}`,
				`${where.map((_, i) => `{${i + 1}}, `).join('')}computes {0}`,
				made(step.columns, lang),
				...where
			);
		}
		case 'sample':
			return step.count === 1
				? pick('tire une ligne au hasard', 'draws one row at random')
				: pick(
						'tire {0} lignes au hasard',
						'draws {0} rows at random',
						valueWords(numberText(step.count, lang))
					);
		case 'code':
			return pick('exécute du code', 'runs code');
	}
}

/** As the menu of steps calls them: one word for one thing, there, in the form's heading and on the step. */
const TITLES: Readonly<Record<Step['kind'], readonly [fr: string, en: string]>> = {
	filter: ['Filtrer', 'Filter'],
	derive: ['Calculer une colonne', 'Compute a column'],
	select: ['Choisir les colonnes', 'Choose columns'],
	drop: ['Retirer des colonnes', 'Remove columns'],
	rename: ['Renommer des colonnes', 'Rename columns'],
	relocate: ['Déplacer des colonnes', 'Move columns'],
	summarise: ['Regrouper et résumer', 'Group and summarise'],
	group: ['Regrouper', 'Group'],
	ungroup: ['Défaire les groupes', 'Ungroup'],
	sort: ['Trier', 'Sort'],
	slice: ['Garder des lignes', 'Keep rows'],
	top: ['Palmarès', 'Top rows'],
	join: ['Joindre un tableau', 'Join a table'],
	lookup: ['Chercher dans un tableau', 'Look up in a table'],
	stack: ['Empiler des tableaux', 'Stack tables'],
	pivot: ['Tableau croisé', 'Pivot table'],
	unpivot: ['Dépivoter', 'Unpivot'],
	dedupe: ['Retirer les doublons', 'Remove duplicates'],
	fill: ['Remplir les valeurs manquantes', 'Fill missing values'],
	window: ['Calculer une colonne', 'Compute a column'],
	sample: ['Échantillon', 'Sample'],
	code: ['Étape en code', 'Step in code']
};

const TEXT: readonly [fr: string, en: string] = [
	'Découper ou nettoyer un texte',
	'Split or clean a text'
];
const RECODE: readonly [fr: string, en: string] = ['Regrouper des valeurs', 'Group values'];
const DIFFERENCE: readonly [fr: string, en: string] = [
	'Écart ou variation',
	'Difference or change'
];
const PURPOSES: Readonly<Record<string, readonly [fr: string, en: string]>> = {
	bin: ['Regrouper par tranches', 'Bin numbers'],
	date: ['Extraire d’une date', 'Take from a date'],
	recode: RECODE,
	split: TEXT,
	extract: TEXT,
	running_total: ['Cumul', 'Running total'],
	share: ['Part du total', 'Share of the total'],
	rank: ['Rang', 'Rank'],
	difference: DIFFERENCE,
	percent_change: DIFFERENCE,
	flag_missing: ['Signaler les valeurs manquantes', 'Flag missing values'],
	type: ['Changer le type', 'Change the type']
};
const END: readonly [fr: string, en: string] = [
	'Premières ou dernières lignes',
	'First or last rows'
];
const isEnd = ({ from, to }: { from: number; to: number | null }): boolean =>
	(from === 0 && to !== null && to > 0) || (from < 0 && to === null);

/** Whether a step brings values of one column under other names, whatever it does of the others. */
function isRecode(step: Step): boolean {
	const [only, more] = step.kind === 'derive' ? step.columns : [];
	return !more && only?.value.kind === 'call' && only.value.fn === 'recode';
}

/** A step's name in a list: « Filtrer », « Regrouper et résumer ». */
export function stepTitle(step: Step, lang: Lang): string {
	const purpose = intentOf(step)?.purpose;
	const [fr, en] =
		(purpose ? PURPOSES[purpose] : undefined) ??
		(isRecode(step) ? RECODE : undefined) ??
		(step.kind === 'slice' && isEnd(step) ? END : undefined) ??
		TITLES[step.kind];
	return choose(lang, fr, en);
}

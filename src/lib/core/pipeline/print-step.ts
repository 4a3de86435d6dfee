/** Steps as calls of Arquero, in the form that new cells have: one call a line, two spaces in. */
import type { Expression } from './expression.ts';
import { call, column, sameExpression } from './make-expression.ts';
import { isComputed, matchKey } from './match-key.ts';
import { printKey, printText, printValue } from './print-expression.ts';
import { countName, saysColumns, twiceNamed } from './read-step.ts';
import { paramsOf } from './step-parts.ts';
import type { JoinKind, MadeColumn, MatchedColumns, SortBy, Step } from './step.ts';

/** Longer calls have a line for each of their columns. */
const WIDTH = 80;

const names = (columns: readonly string[]): string => columns.map(printText).join(', ');

function printObject(verb: string, entries: readonly string[]): string {
	const line = `.${verb}({${entries.join(', ')}})`;
	return line.length <= WIDTH || entries.length === 0
		? line
		: `.${verb}({\n    ${entries.join(',\n    ')}\n  })`;
}

const printMade = ({ name, value }: MadeColumn): string =>
	`${printKey(name)}: ${printValue(value)}`;

/** Names alone as texts, and the computed ones in objects between them. */
function keyParts(
	keys: readonly MadeColumn[],
	plain: (name: string) => Expression = column
): string[] {
	const parts: string[] = [];
	let open: string[] = [];
	const close = (): void => {
		if (open.length) parts.push(`{${open.join(', ')}}`);
		open = [];
	};
	for (const key of keys) {
		if (sameExpression(key.value, plain(key.name))) {
			close();
			parts.push(printText(key.name));
		} else open.push(printMade(key));
	}
	close();
	return parts;
}

/** One text or object, or a list of them. */
function oneOf(parts: readonly string[]): string {
	const [only, more] = parts;
	return only !== undefined && more === undefined ? only : `[${parts.join(', ')}]`;
}

const printGroups = (by: readonly MadeColumn[]): string[] =>
	by.length ? [`.groupby(${keyParts(by).join(', ')})`] : [];

function printSort(by: readonly SortBy[]): string[] {
	if (!by.length) return [];
	const parts = by.map(({ value, descending }) => {
		const text = value.kind === 'column' ? printText(value.name) : printValue(value);
		return descending ? `aq.desc(${text})` : text;
	});
	return [`.orderby(${parts.join(', ')})`];
}

function printSide(on: readonly MatchedColumns[], side: 'left' | 'right'): string {
	return `[${on
		.map((match) => {
			const key = matchKey(match, side);
			return key.kind === 'column' ? printText(key.name) : printValue(key);
		})
		.join(', ')}]`;
}

function printMatches(on: readonly MatchedColumns[]): string {
	const [only, more] = on;
	if (only && !more && !isComputed(only))
		return only.left === only.right
			? printText(only.left)
			: `[${printText(only.left)}, ${printText(only.right)}]`;
	return `[${printSide(on, 'left')}, ${printSide(on, 'right')}]`;
}

const JOIN_VERBS: Readonly<Record<JoinKind, string>> = {
	inner: 'join',
	left: 'join_left',
	right: 'join_right',
	full: 'join_full',
	semi: 'semijoin',
	anti: 'antijoin'
};

function printVerbs(step: Exclude<Step, { kind: 'code' }>): string[] {
	switch (step.kind) {
		case 'filter':
			return [`.filter(${printValue(step.where)})`];
		case 'derive':
			return [printObject('derive', step.columns.map(printMade))];
		case 'select':
			return [`.select(${names(step.columns)})`];
		case 'drop':
			return [`.select(aq.not(${names(step.columns)}))`];
		case 'rename':
			return [
				printObject(
					'rename',
					step.names.map(({ from, to }) => `${printKey(from)}: ${printText(to)}`)
				)
			];
		case 'relocate': {
			const [key, anchor] =
				'before' in step.place ? ['before', step.place.before] : ['after', step.place.after];
			return [`.relocate(${oneOf(step.columns.map(printText))}, {${key}: ${printText(anchor)}})`];
		}
		case 'summarise': {
			const count = countName(step.values);
			const verb =
				count === null
					? printObject('rollup', step.values.map(printMade))
					: `.count(${count === 'count' ? '' : `{as: ${printText(count)}}`})`;
			return [...printGroups(step.by), verb];
		}
		case 'group':
			return printGroups(step.by);
		case 'ungroup':
			return ['.ungroup()'];
		case 'sort':
			return printSort(step.by);
		case 'slice':
			return [`.slice(${step.from}${step.to === null ? '' : `, ${step.to}`})`];
		case 'top':
			return [
				...printGroups(step.within),
				...printSort(step.by),
				`.slice(0, ${step.count})`,
				...(step.within.length ? ['.ungroup()'] : [])
			];
		case 'join': {
			const { join, table, on } = step;
			const except = `aq.not(${names(twiceNamed(on))})`;
			const columns = !saysColumns(join, on)
				? ''
				: join === 'right'
					? `, [${except}, aq.all()]`
					: `, [aq.all(), ${except}]`;
			return [`.${JOIN_VERBS[join]}(${table}, ${printMatches(on)}${columns})`];
		}
		case 'lookup':
			return [`.lookup(${step.table}, ${printMatches(step.on)}, ${names(step.columns)})`];
		case 'stack':
			return [`.${step.distinct ? 'union' : 'concat'}(${step.tables.join(', ')})`];
		case 'pivot':
			return [
				...printGroups(step.by),
				`.pivot(${oneOf(keyParts(step.columns))}, ${oneOf(
					keyParts(step.values, (name) => call('any', column(name)))
				)})`
			];
		case 'unpivot':
			return [
				`.fold(${oneOf(step.columns.map(printText))}, {as: [${names([step.names, step.values])}]})`
			];
		case 'dedupe':
			return [`.dedupe(${names(step.columns)})`];
		case 'fill':
			return [printObject('impute', step.columns.map(printMade))];
		case 'window':
			return [
				...printGroups(step.within),
				...printSort(step.order),
				printObject('derive', step.columns.map(printMade)),
				...(step.within.length ? ['.ungroup()'] : [])
			];
		case 'sample':
			return [`.sample(${step.count})`];
	}
}

/** The calls that a step is, one by one; none for code, which is as it was written. */
export function printCalls(step: Step): string[] {
	if (step.kind === 'code') return [];
	const params = [...paramsOf(step)];
	return [...(params.length ? [`.params({${params.join(', ')}})`] : []), ...printVerbs(step)];
}

/** `.groupby("region")\n  .count()`: the calls of a step, without the line that comes before them. */
export const printStep = (step: Step): string => printCalls(step).join('\n  ');

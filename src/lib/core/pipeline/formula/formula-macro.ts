/**
 * What people of spreadsheets write as one function and Arquero as several, or with places counted from 0. Each is read
 * into operations and recognised among them, so that it is printed as it was written.
 */
import type { Lang } from '../../notebook/notebook.ts';
import type { Expression } from '../expression.ts';
import { binary, call, choice, literal, sameExpression } from '../make-expression.ts';
import type { FormulaType } from './formula-function.ts';

export interface FormulaMacro {
	readonly names: Readonly<Record<Lang, readonly string[]>>;
	readonly params: Readonly<Record<Lang, readonly string[]>>;
	readonly help: Readonly<Record<Lang, string>>;
	readonly category: 'text' | 'date';
	readonly sample: readonly string[];
	readonly count: number;
	readonly gives: FormulaType;
	/** Null where these arguments cannot be said so. */
	readonly read: (args: readonly Expression[]) => Expression | null;
	/** The arguments that an expression was perhaps read from: `argsOfMacro` makes sure. */
	readonly argsOf: (expression: Expression) => readonly Expression[] | null;
}

const DAY = 86_400_000;
const numberOf = (expression: Expression | undefined): number | null =>
	expression?.kind === 'literal' && typeof expression.value === 'number' ? expression.value : null;
/** `a + by`, in numbers where it can be. */
const shifted = (of: Expression, by: number): Expression => {
	const value = numberOf(of);
	if (value !== null) return literal(value + by);
	return binary(of, by < 0 ? '-' : '+', literal(Math.abs(by)));
};
const unshifted = (of: Expression, by: number): Expression => {
	const value = numberOf(of);
	if (value !== null) return literal(value - by);
	return of.kind === 'binary' ? of.left : of;
};
const argsOfCall = (
	expression: Expression,
	fn: string,
	count: number
): readonly Expression[] | null =>
	expression.kind === 'call' && expression.fn === fn && expression.args.length === count
		? expression.args
		: null;

const days = (x: Expression, n: Expression): Expression =>
	choice(
		binary(x, '==', literal(null)),
		literal(null),
		call('utcdatetime', call('utcyear', x), call('utcmonth', x), binary(call('utcdate', x), '+', n))
	);
const between = (end: Expression, start: Expression): Expression =>
	binary(binary(call('timestamp', end), '-', call('timestamp', start)), '/', literal(DAY));

export const FORMULA_MACROS: readonly FormulaMacro[] = [
	{
		names: { fr: ['gauche'], en: ['left'] },
		params: { fr: ['texte', 'nombre'], en: ['text', 'number'] },
		help: { fr: 'Les premiers signes de texte', en: 'The first characters of text' },
		category: 'text',
		sample: ['_', '3'],
		count: 2,
		gives: 'text',
		read: ([text, count]) => (text && count ? call('substring', text, literal(0), count) : null),
		argsOf: (expression) => {
			const [text, start, end] = argsOfCall(expression, 'substring', 3) ?? [];
			return text && end && numberOf(start) === 0 ? [text, end] : null;
		}
	},
	{
		names: { fr: ['droite'], en: ['right'] },
		params: { fr: ['texte', 'nombre'], en: ['text', 'number'] },
		help: { fr: 'Les derniers signes de texte', en: 'The last characters of text' },
		category: 'text',
		sample: ['_', '3'],
		count: 2,
		gives: 'text',
		read: ([text, count]) => {
			const value = numberOf(count);
			return text && value !== null && value > 0 ? call('slice', text, literal(-value)) : null;
		},
		argsOf: (expression) => {
			const [text, start] = argsOfCall(expression, 'slice', 2) ?? [];
			const value = numberOf(start) ?? 0;
			return text && value < 0 ? [text, literal(-value)] : null;
		}
	},
	{
		names: { fr: ['stxt'], en: ['mid'] },
		params: { fr: ['texte', 'début', 'nombre'], en: ['text', 'start', 'number'] },
		help: {
			fr: 'Une partie de texte, de sa place (1 : la première) et d’un nombre de signes',
			en: 'A part of text, from a place (1: the first), so many characters long'
		},
		category: 'text',
		sample: ['_', '1', '3'],
		count: 3,
		gives: 'text',
		read: ([text, start, count]) => {
			const [from, length] = [numberOf(start), numberOf(count)];
			// From the first sign on it is the same as « gauche ».
			if (!text || from === null || length === null || from < 1 || length < 0) return null;
			return call('substring', text, literal(from - 1), literal(from - 1 + length));
		},
		argsOf: (expression) => {
			const [text, start, end] = argsOfCall(expression, 'substring', 3) ?? [];
			const [from, to] = [numberOf(start), numberOf(end)];
			if (!text || from === null || to === null || from < 1 || to < from) return null;
			return [text, literal(from + 1), literal(to - from)];
		}
	},
	{
		names: { fr: ['date'], en: ['date'] },
		params: { fr: ['année', 'mois', 'jour'], en: ['year', 'month', 'day'] },
		help: { fr: 'La date de ce jour', en: 'The date of that day' },
		category: 'date',
		sample: ['2026', '3', '1'],
		count: 3,
		gives: 'date',
		read: ([year, month, day]) =>
			year && month && day ? call('utcdatetime', year, shifted(month, -1), day) : null,
		argsOf: (expression) => {
			const [year, month, day] = argsOfCall(expression, 'utcdatetime', 3) ?? [];
			return year && month && day ? [year, unshifted(month, -1), day] : null;
		}
	},
	{
		names: { fr: ['ajouter_jours'], en: ['add_days'] },
		params: { fr: ['date', 'jours'], en: ['date', 'days'] },
		help: { fr: 'La date, tant de jours plus tard', en: 'The date, so many days later' },
		category: 'date',
		sample: ['_', '7'],
		count: 2,
		gives: 'date',
		read: ([date, count]) => (date && count ? days(date, count) : null),
		argsOf: (expression) => {
			if (expression.kind !== 'choice' || expression.test.kind !== 'binary') return null;
			const date = expression.test.left;
			const [, , day] = argsOfCall(expression.otherwise, 'utcdatetime', 3) ?? [];
			if (day?.kind !== 'binary') return null;
			return [date, day.right];
		}
	},
	{
		names: { fr: ['jours'], en: ['days'] },
		params: { fr: ['fin', 'début'], en: ['end', 'start'] },
		help: { fr: 'Le nombre de jours entre deux dates', en: 'The number of days between two dates' },
		category: 'date',
		sample: ['_', '_'],
		count: 2,
		gives: 'number',
		read: ([end, start]) => (end && start ? between(end, start) : null),
		argsOf: (expression) => {
			if (expression.kind !== 'binary' || expression.left.kind !== 'binary') return null;
			const [end] = argsOfCall(expression.left.left, 'timestamp', 1) ?? [];
			const [start] = argsOfCall(expression.left.right, 'timestamp', 1) ?? [];
			return end && start ? [end, start] : null;
		}
	}
];

/** The arguments with which a macro says an expression; null where it does not. */
export function argsOfMacro(
	macro: FormulaMacro,
	expression: Expression
): readonly Expression[] | null {
	const args = macro.argsOf(expression);
	const said = args && macro.read(args);
	return said && sameExpression(said, expression) ? args : null;
}

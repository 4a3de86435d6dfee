/** The columns that there are after a step, as far as they can be told without running it. */
import type { ColumnType } from '../protocol/messages.ts';
import type { Expression } from './expression.ts';
import { FUNCTIONS } from './functions.ts';
import { isComputed } from './match-key.ts';
import type { JoinKind, MadeColumn, MatchedColumns, Step } from './step.ts';

export interface KnownColumn {
	readonly name: string;
	readonly type: ColumnType;
}

/** The columns of a table of the notebook; null where they are not known. */
export type TableColumns = (table: string) => readonly KnownColumn[] | null;

const named = new WeakMap<readonly KnownColumn[], ReadonlyMap<string, KnownColumn>>();

/** Columns by their names, the first of a name: wide tables are asked about many times. */
function byName(columns: readonly KnownColumn[]): ReadonlyMap<string, KnownColumn> {
	const known = named.get(columns);
	if (known) return known;
	const made = new Map<string, KnownColumn>();
	for (const column of columns) if (!made.has(column.name)) made.set(column.name, column);
	named.set(columns, made);
	return made;
}

const WHOLE = new Set(
	`count distinct valid invalid row_number rank dense_rank ntile length indexof lastindexof year_of quarter_of month_of
	day_of weekday_of hour_of utcyear utcquarter utcmonth utcweek utcdate utcdayofyear utcdayofweek utchours year month
	parse_int`.split(/\s+/)
);

/** What an expression gives, over columns of these types. */
export function typeOf(expression: Expression, columns: readonly KnownColumn[]): ColumnType {
	switch (expression.kind) {
		case 'literal': {
			const { value } = expression;
			if (typeof value === 'string') return 'text';
			if (typeof value === 'boolean') return 'boolean';
			return typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : 'other';
		}
		case 'column':
			return byName(columns).get(expression.name)?.type ?? 'other';
		case 'call': {
			const result = FUNCTIONS.get(expression.fn)?.result;
			const [first] = expression.args;
			if (result === 'same') return first ? typeOf(first, columns) : 'other';
			if (result === 'number') return WHOLE.has(expression.fn) ? 'integer' : 'number';
			return result === 'text' || result === 'date' || result === 'boolean' ? result : 'other';
		}
		case 'unary':
			return expression.operator === '!' ? 'boolean' : typeOf(expression.of, columns);
		case 'item':
			return 'text';
		case 'rolling':
			return typeOf(expression.of, columns);
		case 'choice':
			return common(typeOf(expression.then, columns), typeOf(expression.otherwise, columns));
		case 'binary': {
			const { operator } = expression;
			if (/^(?:[=!]==?|[<>]=?)$/.test(operator)) return 'boolean';
			const [left, right] = [typeOf(expression.left, columns), typeOf(expression.right, columns)];
			if (operator === '&&' || operator === '||' || operator === '??') return common(left, right);
			if (operator === '+' && (left === 'text' || right === 'text')) return 'text';
			if (operator === '+' && (left === 'other' || right === 'other')) return 'other';
			const whole = left === 'integer' && right === 'integer';
			return whole && operator !== '/' && operator !== '**' ? 'integer' : 'number';
		}
		default:
			return 'other';
	}
}

/** What holds values of both; a missing one says nothing. */
function common(a: ColumnType, b: ColumnType): ColumnType {
	if (a === b || b === 'other') return a;
	if (a === 'other') return b;
	const numbers = (type: ColumnType): boolean => type === 'number' || type === 'integer';
	return numbers(a) && numbers(b) ? 'number' : 'other';
}

const made = (of: readonly MadeColumn[], columns: readonly KnownColumn[]): KnownColumn[] =>
	of.map(({ name, value }) => ({ name, type: typeOf(value, columns) }));

/** Columns put in: in the place of their namesakes, or at the end. */
function added(columns: readonly KnownColumn[], more: readonly KnownColumn[]): KnownColumn[] {
	const after = [...columns];
	const places = new Map<string, number>();
	for (const [place, { name }] of after.entries()) if (!places.has(name)) places.set(name, place);
	for (const column of more) {
		const place = places.get(column.name) ?? after.length;
		places.set(column.name, place);
		after[place] = column;
	}
	return after;
}

/** As Arquero names them: what is matched by the same name comes once, other namesakes get `_1` and `_2`. */
function joined(
	join: JoinKind,
	on: readonly MatchedColumns[],
	left: readonly KnownColumn[],
	right: readonly KnownColumn[]
): KnownColumn[] {
	const once = new Set(
		on
			.filter((match) => match.left === match.right && (!isComputed(match) || join !== 'full'))
			.map((match) => match.left)
	);
	const without = (columns: readonly KnownColumn[]): readonly KnownColumn[] =>
		columns.filter(({ name }) => !once.has(name));
	const [ours, theirs] = join === 'right' ? [without(left), right] : [left, without(right)];
	const both = new Set(theirs.map(({ name }) => name).filter((name) => byName(ours).has(name)));
	const renamed = (columns: readonly KnownColumn[], end: string): KnownColumn[] =>
		columns.map((column) =>
			both.has(column.name) ? { ...column, name: column.name + end } : column
		);
	return [...renamed(ours, '_1'), ...renamed(theirs, '_2')];
}

/**
 * The columns after a step; null where only running it tells.
 * @param tables columns of the notebook's other tables
 * @param groups what the rows are grouped by before the step
 */
export function columnsAfter(
	step: Step,
	columns: readonly KnownColumn[],
	tables: TableColumns = () => null,
	groups: readonly MadeColumn[] = []
): readonly KnownColumn[] | null {
	const known = (names: readonly string[]): KnownColumn[] =>
		names.flatMap((name) => byName(columns).get(name) ?? []);
	const without = (names: readonly string[]): KnownColumn[] => {
		const gone = new Set(names);
		return columns.filter(({ name }) => !gone.has(name));
	};
	switch (step.kind) {
		case 'derive':
		case 'window':
			return added(columns, made(step.columns, columns));
		case 'fill': {
			const values = new Map(step.columns.map(({ name, value }) => [name, value]));
			return columns.map((column) => {
				const value = values.get(column.name);
				return value ? { ...column, type: common(column.type, typeOf(value, columns)) } : column;
			});
		}
		case 'select':
			return known(step.columns);
		case 'drop':
			return without(step.columns);
		case 'rename': {
			const names = new Map(step.names.map(({ from, to }) => [from, to]));
			return columns.map((column) => ({ ...column, name: names.get(column.name) ?? column.name }));
		}
		case 'relocate': {
			const { place } = step;
			const anchor = 'before' in place ? place.before : place.after;
			const moved = known(step.columns);
			const moves = new Set(step.columns);
			return columns.flatMap((column) => {
				const stays = moves.has(column.name) ? [] : [column];
				if (column.name !== anchor) return stays;
				return 'before' in place ? [...moved, ...stays] : [...stays, ...moved];
			});
		}
		case 'summarise': {
			const by = step.by.length ? step.by : groups;
			return added(made(by, columns), made(step.values, columns));
		}
		case 'join': {
			if (step.join === 'semi' || step.join === 'anti') return columns;
			const other = tables(step.table);
			return other ? joined(step.join, step.on, columns, other) : null;
		}
		case 'lookup': {
			const other = byName(tables(step.table) ?? []);
			return added(
				columns,
				step.columns.map((name) => ({ name, type: other.get(name)?.type ?? 'other' }))
			);
		}
		case 'unpivot': {
			const [first, ...rest] = known(step.columns).map(({ type }) => type);
			const type = rest.reduce(common, first ?? 'other');
			return added(without(step.columns), [
				{ name: step.names, type: 'text' },
				{ name: step.values, type }
			]);
		}
		case 'pivot':
		case 'code':
			return null;
		default:
			return columns;
	}
}

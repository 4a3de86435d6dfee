/** What a person may want to do to a table, in their words: the menu of steps, and the form that each is written in. */
import ArrowDownUp from '@lucide/svelte/icons/arrow-down-up';
import Binary from '@lucide/svelte/icons/binary';
import Braces from '@lucide/svelte/icons/braces';
import Calculator from '@lucide/svelte/icons/calculator';
import CalendarRange from '@lucide/svelte/icons/calendar-range';
import ChartBar from '@lucide/svelte/icons/chart-bar';
import Columns3 from '@lucide/svelte/icons/columns-3';
import CopyX from '@lucide/svelte/icons/copy-x';
import Dices from '@lucide/svelte/icons/dices';
import Funnel from '@lucide/svelte/icons/funnel';
import Grid2x2 from '@lucide/svelte/icons/grid-2x2';
import Group from '@lucide/svelte/icons/group';
import Layers from '@lucide/svelte/icons/layers';
import ListEnd from '@lucide/svelte/icons/list-end';
import Merge from '@lucide/svelte/icons/merge';
import MoveHorizontal from '@lucide/svelte/icons/move-horizontal';
import PaintBucket from '@lucide/svelte/icons/paint-bucket';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import Percent from '@lucide/svelte/icons/percent';
import Rows3 from '@lucide/svelte/icons/rows-3';
import Scissors from '@lucide/svelte/icons/scissors';
import SearchCheck from '@lucide/svelte/icons/search-check';
import Sigma from '@lucide/svelte/icons/sigma';
import SquareCode from '@lucide/svelte/icons/square-code';
import Tags from '@lucide/svelte/icons/tags';
import Trash2 from '@lucide/svelte/icons/trash-2';
import TrendingUp from '@lucide/svelte/icons/trending-up';
import Trophy from '@lucide/svelte/icons/trophy';
import type { Component } from 'svelte';
import { stepTitle } from '$lib/core/pipeline/describe-step';
import type { Step, StepKind } from '$lib/core/pipeline/step';
import { m } from '$lib/paraglide/messages';
import { getLocale } from '$lib/paraglide/runtime';
import { isBins, isDatePart, isFlag, isRecoded, isRetyped, isTextWay } from './derived-kinds';
import { isSortKey } from './sort-key';
import { isWindow } from './window-kinds';

export const INTENT_GROUPS = ['rows', 'columns', 'groups', 'tables', 'shape', 'clean'] as const;
export type IntentGroup = (typeof INTENT_GROUPS)[number];

export type FormName =
	| 'BinForm'
	| 'CodeForm'
	| 'ColumnsForm'
	| 'DateForm'
	| 'DeriveForm'
	| 'FillForm'
	| 'FilterForm'
	| 'JoinForm'
	| 'LookupForm'
	| 'PivotForm'
	| 'RecodeForm'
	| 'RelocateForm'
	| 'RenameForm'
	| 'SliceForm'
	| 'SortForm'
	| 'StackForm'
	| 'SummariseForm'
	| 'TextForm'
	| 'TopForm'
	| 'TypeForm'
	| 'UnpivotForm'
	| 'WindowForm';

export interface Intent {
	readonly id: string;
	readonly group: IntentGroup;
	readonly icon: Component<{ class?: string }>;
	readonly label: () => string;
	/** What it is for, with the words that people look for. */
	readonly hint: () => string;
	/** Which of several things its form makes. */
	readonly what?: string;
	/** Of `forms`, loaded when it is opened. */
	readonly form: FormName;
	/** Whether its form shows all that a step says. */
	readonly fits: (step: Step) => boolean;
}

const is =
	(kind: StepKind) =>
	(step: Step): boolean =>
		step.kind === kind;
const never = (): boolean => false;
const plainKeys = (keys: readonly { value: { kind: string } }[]): boolean =>
	keys.every(({ value }) => value.kind === 'column');

/** In the order of the menu. */
export const INTENTS: readonly Intent[] = [
	{
		...{ id: 'filter', group: 'rows', icon: Funnel },
		...{ label: m.steps_do_filter, hint: m.steps_do_filter_hint },
		form: 'FilterForm',
		fits: is('filter')
	},
	{
		...{ id: 'sort', group: 'rows', icon: ArrowDownUp },
		...{ label: m.steps_do_sort, hint: m.steps_do_sort_hint },
		form: 'SortForm',
		fits: (step) => step.kind === 'sort' && step.by.every(isSortKey)
	},
	{
		...{ id: 'first', group: 'rows', icon: ListEnd, what: 'slice' },
		...{ label: m.steps_do_first, hint: m.steps_do_first_hint },
		form: 'SliceForm',
		fits: (step) =>
			step.kind === 'slice' &&
			((step.from === 0 && step.to !== null && step.to > 0) || (step.from < 0 && step.to === null))
	},
	{
		...{ id: 'top', group: 'rows', icon: Trophy },
		...{ label: m.steps_do_top, hint: m.steps_do_top_hint },
		form: 'TopForm',
		fits: (step) =>
			step.kind === 'top' &&
			plainKeys(step.by.slice(0, 1)) &&
			step.by.length > 0 &&
			plainKeys(step.within.slice(0, 1))
	},
	{
		...{ id: 'dedupe', group: 'rows', icon: CopyX, what: 'dedupe' },
		...{ label: m.steps_do_dedupe, hint: m.steps_do_dedupe_hint },
		form: 'ColumnsForm',
		fits: is('dedupe')
	},
	{
		...{ id: 'sample', group: 'rows', icon: Dices, what: 'sample' },
		...{ label: m.steps_do_sample, hint: m.steps_do_sample_hint },
		form: 'SliceForm',
		fits: is('sample')
	},
	{
		...{ id: 'derive', group: 'columns', icon: Calculator },
		...{ label: m.steps_do_derive, hint: m.steps_do_derive_hint },
		form: 'DeriveForm',
		// The last that is asked: what another form knows is shown in that one.
		fits: never
	},
	{
		...{ id: 'select', group: 'columns', icon: Columns3, what: 'select' },
		...{ label: m.steps_do_select, hint: m.steps_do_select_hint },
		form: 'ColumnsForm',
		fits: is('select')
	},
	{
		...{ id: 'drop', group: 'columns', icon: Trash2, what: 'drop' },
		...{ label: m.steps_do_drop, hint: m.steps_do_drop_hint },
		form: 'ColumnsForm',
		fits: is('drop')
	},
	{
		...{ id: 'rename', group: 'columns', icon: PencilLine },
		...{ label: m.steps_do_rename, hint: m.steps_do_rename_hint },
		form: 'RenameForm',
		fits: is('rename')
	},
	{
		...{ id: 'relocate', group: 'columns', icon: MoveHorizontal },
		...{ label: m.steps_do_relocate, hint: m.steps_do_relocate_hint },
		form: 'RelocateForm',
		fits: is('relocate')
	},
	{
		...{ id: 'date', group: 'columns', icon: CalendarRange },
		...{ label: m.steps_do_date, hint: m.steps_do_date_hint },
		form: 'DateForm',
		fits: isDatePart
	},
	{
		...{ id: 'bin', group: 'columns', icon: ChartBar },
		...{ label: m.steps_do_bin, hint: m.steps_do_bin_hint },
		form: 'BinForm',
		fits: isBins
	},
	{
		...{ id: 'text', group: 'columns', icon: Scissors },
		...{ label: m.steps_do_text, hint: m.steps_do_text_hint },
		form: 'TextForm',
		fits: isTextWay
	},
	{
		...{ id: 'summarise', group: 'groups', icon: Sigma },
		...{ label: m.steps_do_summarise, hint: m.steps_do_summarise_hint },
		form: 'SummariseForm',
		fits: is('summarise')
	},
	{
		...{ id: 'running', group: 'groups', icon: TrendingUp, what: 'running' },
		...{ label: m.steps_do_running, hint: m.steps_do_running_hint },
		form: 'WindowForm',
		fits: (step) => isWindow(step, 'running')
	},
	{
		...{ id: 'share', group: 'groups', icon: Percent, what: 'share' },
		...{ label: m.steps_do_share, hint: m.steps_do_share_hint },
		form: 'WindowForm',
		fits: (step) => isWindow(step, 'share')
	},
	{
		...{ id: 'rank', group: 'groups', icon: Rows3, what: 'rank' },
		...{ label: m.steps_do_rank, hint: m.steps_do_rank_hint },
		form: 'WindowForm',
		fits: (step) => isWindow(step, 'rank')
	},
	{
		...{ id: 'difference', group: 'groups', icon: Binary, what: 'difference' },
		...{ label: m.steps_do_difference, hint: m.steps_do_difference_hint },
		form: 'WindowForm',
		fits: (step) => isWindow(step, 'difference')
	},
	{
		...{ id: 'join', group: 'tables', icon: Merge },
		...{ label: m.steps_do_join, hint: m.steps_do_join_hint },
		form: 'JoinForm',
		fits: is('join')
	},
	{
		...{ id: 'lookup', group: 'tables', icon: SearchCheck },
		...{ label: m.steps_do_lookup, hint: m.steps_do_lookup_hint },
		form: 'LookupForm',
		fits: is('lookup')
	},
	{
		...{ id: 'stack', group: 'tables', icon: Layers },
		...{ label: m.steps_do_stack, hint: m.steps_do_stack_hint },
		form: 'StackForm',
		fits: is('stack')
	},
	{
		...{ id: 'pivot', group: 'shape', icon: Grid2x2 },
		...{ label: m.steps_do_pivot, hint: m.steps_do_pivot_hint },
		form: 'PivotForm',
		fits: (step) => {
			if (step.kind !== 'pivot' || step.columns.length !== 1 || step.values.length !== 1)
				return false;
			const value = step.values[0]?.value;
			const [of] = value?.kind === 'call' ? value.args : [];
			return (
				value?.kind === 'call' &&
				value.args.length < 2 &&
				(!of || of.kind === 'column') &&
				plainKeys([...step.by, ...step.columns])
			);
		}
	},
	{
		...{ id: 'unpivot', group: 'shape', icon: Group },
		...{ label: m.steps_do_unpivot, hint: m.steps_do_unpivot_hint },
		form: 'UnpivotForm',
		fits: is('unpivot')
	},
	{
		...{ id: 'fill', group: 'clean', icon: PaintBucket, what: 'fill' },
		...{ label: m.steps_do_fill, hint: m.steps_do_fill_hint },
		form: 'FillForm',
		fits: (step) => {
			if (step.kind !== 'fill' || step.columns.length !== 1) return false;
			const [made] = step.columns;
			if (made?.value.kind === 'literal') return made.value.value !== null;
			const [of] = made?.value.kind === 'call' ? made.value.args : [];
			return of?.kind === 'column' && of.name === made?.name;
		}
	},
	{
		...{ id: 'flag', group: 'clean', icon: Tags, what: 'flag' },
		...{ label: m.steps_do_flag, hint: m.steps_do_flag_hint },
		form: 'FillForm',
		fits: isFlag
	},
	{
		...{ id: 'recode', group: 'clean', icon: Braces },
		...{ label: m.steps_do_recode, hint: m.steps_do_recode_hint },
		form: 'RecodeForm',
		fits: isRecoded
	},
	{
		...{ id: 'type', group: 'clean', icon: Binary },
		...{ label: m.steps_do_type, hint: m.steps_do_type_hint },
		form: 'TypeForm',
		fits: isRetyped
	}
];

/** A step as it is written: what no form knows. */
export const CODE: Intent = {
	...{ id: 'code', group: 'clean', icon: SquareCode },
	...{ label: m.steps_do_code, hint: m.steps_do_code_hint },
	form: 'CodeForm',
	fits: () => true
};

export const intentOf = (id: string): Intent => INTENTS.find((each) => each.id === id) ?? CODE;

/** The form that a step is changed in. */
export const formOf = (step: Step): Intent =>
	INTENTS.find(({ fits }) => fits(step)) ?? (step.kind === 'derive' ? intentOf('derive') : CODE);

const KIND_INTENTS: Partial<Record<StepKind, string>> = {
	...{ window: 'running', slice: 'first', group: 'summarise', ungroup: 'summarise' }
};

/** What a step is drawn as, whether or not a form shows all of it. */
export const iconOf = (step: Step): Intent['icon'] => {
	const found = formOf(step);
	return found === CODE ? intentOf(KIND_INTENTS[step.kind] ?? step.kind).icon : found.icon;
};

/** A step's title: what the menu and the form's heading call it. */
export const titleOf = (step: Step): string => {
	const found = formOf(step);
	return found === CODE && step.kind !== 'code' ? stepTitle(step, getLocale()) : found.label();
};

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Those in whose words all of the typed words are found. */
export function findIntents(typed: string): readonly Intent[] {
	const words = plain(typed).split(/\s+/).filter(Boolean);
	return [...INTENTS, CODE].filter(({ label, hint }) => {
		const said = plain(`${label()} ${hint()}`);
		return words.every((word) => said.includes(word));
	});
}

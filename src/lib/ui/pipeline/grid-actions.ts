/** What can be made a step from a column of a grid, or from one of its values. */
import CalendarRange from '@lucide/svelte/icons/calendar-range';
import Funnel from '@lucide/svelte/icons/funnel';
import FunnelX from '@lucide/svelte/icons/funnel-x';
import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import Binary from '@lucide/svelte/icons/binary';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import Sigma from '@lucide/svelte/icons/sigma';
import Trash2 from '@lucide/svelte/icons/trash-2';
import type { WantedStep } from '$lib/client/cell-view.svelte';
import { conditionExpression } from '$lib/core/pipeline/condition';
import { column as columnOf } from '$lib/core/pipeline/make-expression';
import type { ColumnInfo, Scalar } from '$lib/core/protocol/messages';
import { m } from '$lib/paraglide/messages';
import type { MenuItem } from '../primitives/menu-item';
import { valueText } from '../table/column-words';
import { isDate } from './form-table';
import { valueCondition } from './view-steps';

/** A value's text in a menu is no longer than that. */
const SHOWN = 40;

/** @param value of the cell that was pointed at; undefined for a header */
export function stepItems(
	column: ColumnInfo,
	value: Scalar | undefined,
	want: (wanted: WantedStep) => void
): MenuItem[] {
	const { name } = column;
	const form = (intent: string) => (): void => want({ intent, column: name });
	const sort = (descending: boolean) => (): void =>
		want({ steps: [{ kind: 'sort', by: [{ value: columnOf(name), descending }] }] });
	const filter = (except: boolean): MenuItem[] => {
		const condition = value === undefined ? null : valueCondition(column, [value], except);
		if (!condition || value === undefined) return [];
		const where = conditionExpression(condition);
		const said = valueText(value, column);
		const text = said.length > SHOWN ? `${said.slice(0, SHOWN - 1)}…` : said;
		return [
			{
				label: except ? m.steps_grid_exclude({ value: text }) : m.steps_grid_keep({ value: text }),
				icon: except ? FunnelX : Funnel,
				onselect: () => want({ steps: [{ kind: 'filter', where }] })
			}
		];
	};
	const items: MenuItem[] = [
		...filter(false),
		...filter(true),
		{ label: m.steps_grid_filter(), icon: Funnel, onselect: form('filter') },
		{ label: m.steps_grid_sort_up(), icon: ArrowUp, onselect: sort(false) },
		{ label: m.steps_grid_sort_down(), icon: ArrowDown, onselect: sort(true) },
		{ label: m.steps_grid_group(), icon: Sigma, onselect: form('summarise') },
		...(isDate(column)
			? [{ label: m.steps_grid_date(), icon: CalendarRange, onselect: form('date') }]
			: []),
		{ label: m.steps_grid_rename(), icon: PencilLine, onselect: form('rename') },
		{ label: m.steps_grid_type(), icon: Binary, onselect: form('type') },
		{
			label: m.steps_grid_drop(),
			icon: Trash2,
			onselect: () => want({ steps: [{ kind: 'drop', columns: [name] }] })
		}
	];
	return items.map((item, i) => ({ ...item, separated: i === 0 }));
}

/** What a column is, in a word and a sign; and what a filter lets through, in a few words. */
import type { ValueType } from '$lib/core/dataset/value-type';
import type { ColumnInfo, Scalar } from '$lib/core/protocol/messages';
import type { ColumnFilter } from '$lib/core/protocol/table-query';
import { m } from '$lib/paraglide/messages';
import Calendar from '@lucide/svelte/icons/calendar';
import CaseSensitive from '@lucide/svelte/icons/case-sensitive';
import Clock from '@lucide/svelte/icons/clock';
import DollarSign from '@lucide/svelte/icons/dollar-sign';
import Fingerprint from '@lucide/svelte/icons/fingerprint';
import Hash from '@lucide/svelte/icons/hash';
import Link from '@lucide/svelte/icons/link';
import MapPin from '@lucide/svelte/icons/map-pin';
import Percent from '@lucide/svelte/icons/percent';
import Shapes from '@lucide/svelte/icons/shapes';
import ToggleLeft from '@lucide/svelte/icons/toggle-left';
import type { Component } from 'svelte';
import { cellFormat, countText, decimalsOf, typeName } from './format';

type Kind = ColumnInfo['type'] | ValueType;

const ICONS: Partial<Record<Kind, Component<{ class?: string }>>> = {
	text: CaseSensitive,
	category: Shapes,
	number: Hash,
	integer: Hash,
	money: DollarSign,
	percent: Percent,
	date: Calendar,
	datetime: Calendar,
	time: Clock,
	boolean: ToggleLeft,
	region: MapPin,
	postal_area: MapPin,
	identifier: Fingerprint,
	url: Link
};

const kindOf = ({ type, valueType }: Pick<ColumnInfo, 'type' | 'valueType'>): Kind =>
	valueType ?? type;

export const columnTypeName = (column: Pick<ColumnInfo, 'type' | 'valueType'>): string =>
	typeName(kindOf(column));

export const columnTypeIcon = (
	column: Pick<ColumnInfo, 'type' | 'valueType'>
): Component<{ class?: string }> => ICONS[kindOf(column)] ?? Shapes;

/** A value of a column, alone. */
export function valueText(value: Scalar, { name, type, valueType }: ColumnInfo): string {
	if (value === null) return m.data_missing_cell();
	if (value === '') return m.grid_empty_text();
	const decimals = type === 'number' ? decimalsOf([value]) : 0;
	return cellFormat(type, decimals, valueType, name)(value);
}

/** « 12 – 20 », « contient « zo » », « Gaspé, Alma et 3 autres »: after the name of the column. */
export function filterText(filter: ColumnFilter, column: ColumnInfo): string {
	switch (filter.kind) {
		case 'missing':
			return m.grid_filter_said_missing();
		case 'present':
			return m.grid_filter_said_present();
		case 'contains':
			return m.grid_filter_said_contains({ text: filter.text });
		case 'range': {
			const [min, max] = [filter.min, filter.max].map((end) =>
				end === null ? '' : valueText(end, column)
			);
			if (!max) return m.grid_filter_said_from({ min: min ?? '' });
			if (!min) return m.grid_filter_said_to({ max });
			return m.grid_filter_said_between({ min, max });
		}
		case 'values': {
			const named = filter.values.slice(0, 2).map((value) => valueText(value, column));
			const more = filter.values.length - named.length;
			const list = [...named, ...(more > 0 ? [`+${countText(more)}`] : [])].join(', ');
			if (filter.values.length === 0) return m.grid_filter_said_nothing();
			return filter.except ? m.grid_filter_said_except({ list }) : list;
		}
	}
}

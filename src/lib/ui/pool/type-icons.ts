/** A sign for what a column holds, beside its words: never instead of them. */
import Link from '@lucide/svelte/icons/link';
import Calendar from '@lucide/svelte/icons/calendar';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CircleDollarSign from '@lucide/svelte/icons/circle-dollar-sign';
import Clock from '@lucide/svelte/icons/clock';
import Fingerprint from '@lucide/svelte/icons/fingerprint-pattern';
import Hash from '@lucide/svelte/icons/hash';
import MapIcon from '@lucide/svelte/icons/map';
import MapPin from '@lucide/svelte/icons/map-pin';
import Percent from '@lucide/svelte/icons/percent';
import Sigma from '@lucide/svelte/icons/sigma';
import Tags from '@lucide/svelte/icons/tags';
import ToggleLeft from '@lucide/svelte/icons/toggle-left';
import Type from '@lucide/svelte/icons/type';
import type { Component } from 'svelte';
import type { ValueType } from '$lib/core/dataset/value-type';

export const TYPE_ICONS: Record<
	ValueType,
	Component<{ class?: string; 'aria-hidden'?: 'true' }>
> = {
	text: Type,
	category: Tags,
	integer: Hash,
	number: Sigma,
	money: CircleDollarSign,
	percent: Percent,
	date: Calendar,
	datetime: CalendarClock,
	time: Clock,
	boolean: ToggleLeft,
	region: MapIcon,
	postal_area: MapPin,
	identifier: Fingerprint,
	url: Link
};

/** The few functions of d3 that are called by name; its packages ship no types. */
declare module 'd3-format' {
	export function formatDefaultLocale(definition: {
		decimal: string;
		thousands: string;
		grouping: readonly number[];
		currency: readonly [string, string];
		percent?: string;
	}): unknown;
}
declare module 'd3-time-format' {
	export function timeFormatDefaultLocale(definition: {
		dateTime: string;
		date: string;
		time: string;
		periods: readonly [string, string];
		days: readonly string[];
		shortDays: readonly string[];
		months: readonly string[];
		shortMonths: readonly string[];
	}): unknown;
}
declare module 'd3-color' {
	/** Components from 0 to 255 (NaN when the text is no colour); opacity from 0 to 1. */
	export function rgb(text: string): { r: number; g: number; b: number; opacity: number };
}

import type { Component } from 'svelte';

/** One line of a menu. */
export interface MenuItem {
	label: string;
	/** A line under the label. */
	hint?: string;
	icon?: Component<{ class?: string }>;
	/** Shown at the right; it does not install the shortcut. */
	shortcut?: string;
	danger?: boolean;
	disabled?: boolean;
	/** Goes to an address, or runs. */
	href?: string;
	onselect?: () => void;
	/** A line above this item. */
	separated?: boolean;
}

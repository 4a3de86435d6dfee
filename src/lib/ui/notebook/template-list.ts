/** The templates of cells by name: for menus, which are there before what makes the cells is loaded. */
import { m } from '$lib/paraglide/messages';

export const TEMPLATE_IDS = ['trend', 'regions', 'top', 'share', 'spread'] as const;
export type TemplateId = (typeof TEMPLATE_IDS)[number];

export const TEMPLATES: readonly { id: TemplateId; label: () => string; hint: () => string }[] = [
	{ id: 'trend', label: m.template_trend, hint: m.template_trend_hint },
	{ id: 'regions', label: m.template_regions, hint: m.template_regions_hint },
	{ id: 'top', label: m.template_top, hint: m.template_top_hint },
	{ id: 'share', label: m.template_share, hint: m.template_share_hint },
	{ id: 'spread', label: m.template_spread, hint: m.template_spread_hint }
];

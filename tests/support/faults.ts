/** What axe finds wrong on a page: by the rules of WCAG 2.2, levels A and AA. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export interface Examined {
	/** Selector of the part that is looked at; the whole page otherwise. */
	readonly part?: string;
	/** Whether axe's good practices count too. */
	readonly practices?: boolean;
	/** False leaves frames out: the sandbox's shows nothing and lets no script in. */
	readonly frames?: boolean;
}

/** Each fault as its rule and the element at fault. */
export async function faultsOf(
	page: Page,
	{ part, practices = false, frames = true }: Examined = {}
): Promise<string[]> {
	// What passes is not told in full: nobody reads it, and it takes most of the time of a long page.
	const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
	if (!practices) axe.withTags(LEVELS);
	if (part !== undefined) axe.include(part);
	if (!frames) axe.exclude('iframe');
	// Where there are frames, axe puts what it found in each together in a tab that it opens for that.
	axe.setLegacyMode(!frames || page.frames().length === 1);
	const { violations } = await axe.analyze();
	return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

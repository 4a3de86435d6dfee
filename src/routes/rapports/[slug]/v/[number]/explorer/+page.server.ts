import { getLocale } from '$lib/paraglide/runtime';
import { explorePage } from '$lib/server/reports/public-page';
import type { KnownText } from '$lib/ui/notebook/known-text';
import { renderTamely } from '$lib/ui/notebook/markdown';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	const page = await explorePage(locals.app, getLocale(), params, setHeaders);
	const texts = page.report.content.blocks.flatMap(({ outputs }) =>
		outputs.flatMap((output): KnownText[] =>
			output.kind === 'text'
				? [{ source: output.markdown, html: renderTamely(output.markdown) }]
				: []
		)
	);
	return { ...page, texts };
};

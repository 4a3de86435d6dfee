/**
 * The addresses of the product: French first, with an English twin under /en. Routes are written under
 * their French path; these patterns translate it. What is not listed (api, healthz, sandbox) has one address.
 */

/** French path → English path, parameters as `:name`. The first that matches wins: longer ones come first. */
const TWINS: readonly (readonly [fr: string, en: string])[] = [
	['/connexion', '/sign-in'],
	['/inscription', '/sign-up'],
	['/lien/:token', '/link/:token'],
	['/premier-acces/:token', '/first-access/:token'],
	['/compte', '/account'],
	['/rejoindre/:code', '/join/:code'],
	['/rejoindre', '/join'],
	['/ateliers/nouveau', '/workshops/new'],
	['/ateliers/:id/versions', '/workshops/:id/versions'],
	['/ateliers/:id', '/workshops/:id'],
	['/ateliers', '/workshops'],
	['/organismes/nouveau', '/organisations/new'],
	['/organismes/:id', '/organisations/:id'],
	['/organismes', '/organisations'],
	['/donnees/importer', '/data/import'],
	['/donnees/:id', '/data/:id'],
	['/donnees', '/data'],
	['/bassins/nouveau', '/pools/new'],
	['/bassins/:id/verser', '/pools/:id/contribute'],
	['/bassins/:id/contrat', '/pools/:id/contract'],
	['/bassins/:id', '/pools/:id'],
	['/bassins', '/pools'],
	['/carnets/:id/publier', '/notebooks/:id/publish'],
	['/carnets/:id/comparer', '/notebooks/:id/compare'],
	['/carnets/:id', '/notebooks/:id'],
	['/carnets', '/notebooks'],
	['/courriels/:token', '/mail/:token'],
	['/partage/:token', '/share/:token'],
	['/rapports/:slug/v/:number/explorer', '/reports/:slug/v/:number/explore'],
	['/rapports/:slug/v/:number', '/reports/:slug/v/:number'],
	['/rapports/:slug', '/reports/:slug'],
	['/rapports', '/reports'],
	['/aide', '/help']
];

/** In the form that Paraglide takes. */
export const urlPatterns = [
	...TWINS.map(([fr, en]) => ({
		pattern: fr,
		localized: [
			['en', `/en${en}`],
			['fr', fr]
		] as [string, string][]
	})),
	{
		pattern: '/:path(.*)?',
		localized: [
			['en', '/en/:path(.*)?'],
			['fr', '/:path(.*)?']
		] as [string, string][]
	}
];

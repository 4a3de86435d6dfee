/** What the `transforms` bench uses of a peer whose own types are not installed with the product. */
declare module '@duckdb/duckdb-wasm/blocking' {
	export const BROWSER_RUNTIME: object;
	export const VoidLogger: new () => object;
	export function createDuckDB(bundles: object, logger: object, runtime: object): Promise<unknown>;
}

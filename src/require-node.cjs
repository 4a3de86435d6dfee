// Runs on any Node, before anything else: the product needs one that runs TypeScript and current libraries.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
	console.error(
		`Carnet commun a besoin de Node 22.18 ou plus récent (ici : ${process.version}). Sous Linux x64 et arm64, « npm ci » l’apporte; ailleurs, installez-le depuis nodejs.org.\n` +
			`Carnet commun needs Node 22.18 or later (this is ${process.version}). On Linux x64 and arm64 "npm ci" brings it; elsewhere install it from nodejs.org.`
	);
	process.exit(1);
}

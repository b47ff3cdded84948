// Runs in the browser, beside swagger-ui-bundle.js: shows the document that the page names, and asks nobody else.
// oxlint-disable typescript/no-unsafe-call, typescript/no-unsafe-assignment, typescript/no-unsafe-member-access -- nothing here is compiled, so nothing has a type.
const place = document.querySelector('#api');

globalThis.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.document,
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  // A token is good for one read, so that one kept in a form would only mislead.
  persistAuthorization: false,
  // The validator is another site's.
  validatorUrl: null,
});

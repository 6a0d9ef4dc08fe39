import base from './web-test-runner.config.mjs';
export default { ...base, testsFinishTimeout: 40000, middleware: [...base.middleware, (ctx, next) => { if (ctx.path.startsWith('/zzping')) { console.log(decodeURIComponent(ctx.path)); ctx.body = 'ok'; return; } return next(); }] };

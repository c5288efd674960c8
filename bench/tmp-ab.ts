import { Child, helper } from './child.ts'; import { many } from './call.ts'; import { median } from './numbers.ts';
const api = await helper([new URL('parts/api.cjs',import.meta.url).pathname]);
const env={TOADO_API_URL:`http://127.0.0.1:${api.line}/api/v1`,TOADO_API_TOKEN:'tok_bench_1'};
const cs = [] as {n:string,c:Child,cpu:number[],p:number[]}[];
for (const d of process.argv.slice(2)) { const c=new Child(process.execPath,{name:d,args:[d],env}); await c.initialize(); await c.request('tools/list'); await many(2000,()=>c.call('get_ticket',{ticket_id:'t-aaaaaa'}),8); cs.push({n:d,c,cpu:[],p:[]}); }
for (let r=0;r<14;r++) for (const x of cs) { const w=x.c.worked(); const N=300; for(let i=0;i<N/2;i++) x.p.push(await x.c.call('get_ticket',{ticket_id:'t-aaaaaa'})); await many(N/2,()=>x.c.call('get_ticket',{ticket_id:'t-aaaaaa'}),32); x.cpu.push((x.c.worked()-w)/N*1000); }
for (const x of cs) console.log(x.n, 'cpu us/call', median(x.cpu).toFixed(0), 'min', Math.min(...x.cpu).toFixed(0), 'p50 ms', median(x.p).toFixed(3));
process.exit();

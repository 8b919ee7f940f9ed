import axios from 'axios'; import https from 'node:https';
process.env.NODE_TLS_REJECT_UNAUTHORIZED='0';
const url='https://localhost:5443/common/v2.0/.well-known/openid-configuration';
const agent=new https.Agent({keepAlive:true,timeout:4000});
class Quiet extends https.Agent { keepSocketAlive(socket){ socket.unref?.(); return true; } reuseSocket(socket){ socket.ref?.(); } }
const quiet=new Quiet({keepAlive:true});
const plain=axios.create({httpsAgent:agent});
const ours=axios.create({httpsAgent:agent,maxRedirects:0,maxContentLength:1048576,maxBodyLength:1048576,proxy:false,responseType:'text',transformResponse:(t)=>t,validateStatus:()=>true});
const oursQ=axios.create({httpsAgent:quiet,maxRedirects:0,maxContentLength:1048576,maxBodyLength:1048576,proxy:false,responseType:'text',transformResponse:(t)=>t,validateStatus:()=>true});
const nolimit=axios.create({httpsAgent:agent,maxRedirects:0,proxy:false,responseType:'text',transformResponse:(t)=>t,validateStatus:()=>true});
const buf=axios.create({httpsAgent:agent,maxRedirects:0,maxContentLength:1048576,proxy:false,responseType:'arraybuffer',validateStatus:()=>true});
const nodec=axios.create({httpsAgent:agent,maxRedirects:0,maxContentLength:1048576,proxy:false,responseType:'arraybuffer',validateStatus:()=>true,decompress:false});
const stream=axios.create({httpsAgent:agent,maxRedirects:0,maxContentLength:1048576,proxy:false,responseType:'stream',validateStatus:()=>true});
const raw=(a)=>()=>new Promise((res,rej)=>{const r=https.get(url,{agent:a},(m)=>{const c=[];m.on('data',d=>c.push(d));m.on('end',()=>res(Buffer.concat(c).toString()));});r.on('error',rej);});
const cases={ plain:()=>plain.get(url), ours:()=>ours.get(url), oursSignal:()=>ours.get(url,{signal:AbortSignal.timeout(8000)}), oursTimeout:()=>ours.get(url,{timeout:8000}), oursQuiet:()=>oursQ.get(url), nolimit:()=>nolimit.get(url), buf:()=>buf.get(url), nodec:()=>nodec.get(url), raw:raw(agent), rawQuiet:raw(quiet) };
const sum=Object.fromEntries(Object.keys(cases).map(k=>[k,[]]));
for(let round=0;round<24;round++) for(const [k,f] of Object.entries(cases)){ const c=process.cpuUsage(); for(let i=0;i<60;i++) await f(); const u=process.cpuUsage(c); if(round>=12) sum[k].push((u.user+u.system)/60); }
for(const [k,v] of Object.entries(sum)) console.log(k.padEnd(12), v.sort((a,b)=>a-b)[6].toFixed(0),'us');
process.exit();

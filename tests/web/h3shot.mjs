import { chromium } from 'playwright-core'; import { readFile, mkdir } from 'node:fs/promises'; import axe from 'axe-core';
const [role, path, name, ...opts] = process.argv.slice(2);
const tokens = JSON.parse(await readFile('/tmp/h/h3-demo/tokens.json','utf8'));
const t = tokens[role] ?? (tokens.tokens && tokens.tokens[role]);
await mkdir('/tmp/h/h3-shots',{recursive:true});
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']});
for (const [w,h] of opts.includes('phone')?[[375,812]]:opts.includes('both')?[[1280,900],[375,812]]:[[1280,900]]) {
 const c = await b.newContext({viewport:{width:w,height:h},locale:'fr-FR',timezoneId:'Europe/Paris',colorScheme:opts.includes('dark')?'dark':'light'}); const p = await c.newPage();
 p.on('pageerror',e=>console.log('ERR',String(e))); p.on('console',m=>m.type()==='error'&&console.log('console',m.text()));
 await p.goto('http://127.0.0.1:18931/#jeton='+(typeof t==='string'?t:t.token)); await p.getByRole('button',{name:'Se déconnecter'}).waitFor();
 await p.goto('http://127.0.0.1:18931/#/'+path); await p.waitForTimeout(1500);
 await p.evaluate(axe.source); const {violations}=await p.evaluate(()=>axe.run(document,{runOnly:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}));
 for(const v of violations) console.log('axe',v.impact,v.id,v.nodes.map(n=>n.target.join(' ')).slice(0,4).join(' | '));
 const [sw,iw]=await p.evaluate(()=>[document.documentElement.scrollWidth,innerWidth]); if(sw>iw) console.log('WIDE',sw,iw);
 await p.screenshot({path:`/tmp/h/h3-shots/${name}-${w}.png`,fullPage:!opts.includes('fold')}); console.log(await p.locator('h1').innerText());
 await c.close();
}
await b.close();

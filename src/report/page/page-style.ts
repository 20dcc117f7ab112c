/** Nothing in it may hold a `<`: it stands inside the page as it is. */
export const PAGE_STYLE = `
:root{--bg:#f6f7f9;--card:#fff;--text:#1c2430;--soft:#566173;--line:#dfe3e9;--link:#0b5cad;--good:#1a6b3c;--bad:#b3261e;--warn:#8a5300;--calm:#35588c;--track:#e9ecf1;--f-good:#3f9d68;--f-bad:#d0473e;--f-warn:#dd9a35;--f-calm:#5d86c4;--f-grey:#a9b2bf}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--card:#1a2028;--text:#e4e8ee;--soft:#a3aebd;--line:#2d3541;--link:#84b8f5;--good:#76cf9c;--bad:#ff9a91;--warn:#f0bd6a;--calm:#9dbff0;--track:#2a323d;--f-good:#3f9d68;--f-bad:#d9564d;--f-warn:#cf9138;--f-calm:#5d86c4;--f-grey:#5f6a79}}
*{box-sizing:border-box}
body{margin:0;padding:0 1rem 4rem;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
header,main{max-width:68rem;margin:0 auto}
header{padding:2.5rem 0 1.5rem}
.over{margin:0;color:var(--soft);font-size:.875rem}
h1{margin:.1rem 0 .25rem;font-size:2.25rem;line-height:1.15;font-weight:650;letter-spacing:-.015em}
.good h1{color:var(--good)}.bad h1{color:var(--bad)}.warn h1{color:var(--warn)}.calm h1{color:var(--calm)}
.lead{margin:0 0 1.5rem;font-size:1.0625rem;max-width:44rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.25rem 1.5rem 1.5rem;margin:0 0 1.25rem}
.error{border-left:4px solid var(--f-bad)}
.error p{margin:.5rem 0 0;max-width:52rem}
h2{margin:0 0 .75rem;font-size:1.25rem;line-height:1.3;font-weight:620}
.error h2{font-size:1.0625rem}
h3{margin:2rem 0 .5rem;font-size:1rem;font-weight:620}
.state,.code,.count{font-size:.875rem;font-weight:500;color:var(--soft);margin-left:.35rem}
.state.good{color:var(--good)}.state.bad{color:var(--bad)}.state.warn{color:var(--warn)}.state.calm{color:var(--calm)}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(14rem,100%),1fr));gap:.75rem 1.5rem;margin:0 0 1rem}
.facts:last-child{margin-bottom:0}
dt{color:var(--soft);font-size:.8125rem}
dd{margin:0}
small{color:var(--soft);font-size:.8125rem}
.none,.note{color:var(--soft);margin:0}
.note{margin-top:.75rem}
.texts{margin:0;padding-left:1.2rem}
a{color:var(--link);text-underline-offset:2px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
.chart{display:block;border-radius:7px;background:var(--track);margin-top:1rem}
.f-failed{fill:var(--f-bad)}.f-not-reported{fill:var(--f-warn)}.f-installed{fill:var(--f-good)}.f-not-required,.f-unknown{fill:var(--f-grey)}.f-scheduled,.f-planned,.phase{fill:var(--f-calm)}.open{fill:var(--f-warn)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:.6rem 0 0;padding:0;font-size:.9375rem}
.r{font-weight:500;white-space:nowrap}
.r::before{content:"";display:inline-block;width:.6em;height:.6em;border-radius:50%;margin-right:.45em;background:var(--f-grey)}
.r.failed::before,.r.bad::before{background:var(--f-bad)}.r.not-reported::before,.r.warn::before{background:var(--f-warn)}.r.installed::before,.r.good::before{background:var(--f-good)}.r.scheduled::before,.r.planned::before,.r.calm::before{background:var(--f-calm)}
.r.failed,.r.bad{color:var(--bad)}
table{width:100%;border-collapse:collapse;font-size:.9375rem;table-layout:fixed}
th,td{text-align:left;vertical-align:top;padding:.45rem 1rem .45rem 0;border-bottom:1px solid var(--line);font-weight:400}
tr>:last-child{padding-right:0}
tbody tr:last-child td{border-bottom:0}
th{color:var(--soft);font-size:.8125rem}
.updates th:nth-child(1),.skipped th:nth-child(1){width:7rem}
.updates th:nth-child(3){width:5.5rem}
.updates th:nth-child(4){width:19rem}
.updates small{display:block}
.skipped th:nth-child(3){width:24rem}
.skipped small{white-space:nowrap}
.phases th:nth-child(1){width:13rem}.phases th:nth-child(2){width:13.5rem}.phases th:nth-child(3){width:7.5rem}
.phases svg{display:block;background:var(--track);border-radius:3px;margin-top:.4rem}
.overview{margin-top:1rem}.overview th:nth-child(2){width:11rem}.overview th:nth-child(n+3){width:6rem}
.points th:nth-child(2){width:60%}
.points small{display:block}
.tools{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:0 0 .75rem}
.tools label{font-size:.8125rem;color:var(--soft);display:grid;gap:.2rem}
.tools label:first-child{flex:1 1 15rem;max-width:26rem}
.tools output{color:var(--soft);font-size:.875rem;padding:.35rem 0}
input,select{font:inherit;font-size:.9375rem;color:var(--text);background:var(--bg);border:1px solid var(--soft);border-radius:6px;padding:.35rem .6rem;width:100%;min-width:0}
th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:left}
th button::after{content:" ↕";opacity:.6}
[aria-sort=ascending] button::after{content:" ↑";opacity:1}
[aria-sort=descending] button::after{content:" ↓";opacity:1}
[aria-sort] button{color:var(--text)}
tr[hidden]{display:none}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media screen and (max-width:44rem){
header{padding-top:1.5rem}h1{font-size:1.875rem}.card{padding:1rem}
.facts{grid-template-columns:1fr 1fr;gap:.6rem 1rem}
thead{display:block}thead tr{display:flex;flex-wrap:wrap;gap:.25rem 1rem}thead th{border:0;padding:.25rem 0;width:auto!important}
thead td{display:none}
table:not(.updates) thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tbody tr,tbody td{display:block}
tbody tr{padding:.6rem 0;border-bottom:1px solid var(--line)}
tbody tr:last-child{border-bottom:0}
tbody td{padding:.05rem 0;border:0}
.r{white-space:normal}
.updates td:nth-child(3)::before{content:"Index ";color:var(--soft)}
.overview td:nth-child(3)::before{content:"Updates: ";color:var(--soft)}
.overview td:nth-child(4)::before{content:"Skipped: ";color:var(--soft)}
}
@media print{
:root{--bg:#fff;--card:#fff;--text:#000;--soft:#444;--line:#bbb;--link:#000;--good:#1a6b3c;--bad:#b3261e;--warn:#8a5300;--calm:#35588c;--track:#eee}
html{font-size:10pt}
body{font-size:1rem;padding:0;print-color-adjust:exact;-webkit-print-color-adjust:exact}
header{padding-top:0}h3{margin-top:1.25rem}.tools{display:none}th button::after{content:""}
.card{border:0;border-top:1px solid var(--line);border-radius:0;padding:.75rem 0}
h2,h3{break-after:avoid}tr,.error{break-inside:avoid}a{text-decoration:none}
}
@media (forced-colors:active){.r::before,svg rect{forced-color-adjust:none}}
`;

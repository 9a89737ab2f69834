import { mount } from "svelte";
import "./report.css";
import ReportPage from "./ReportPage.svelte";
import { reportOf } from "./report";

const report = reportOf(document.getElementById("report")?.textContent ?? "");
const target = document.getElementById("app");
if (target) mount(ReportPage, { target, props: { report } });

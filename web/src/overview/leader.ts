import { mount } from "svelte";
import "../language.svelte";
import "../ui/base.css";
import Leader from "./Leader.svelte";

mount(Leader, { target: document.getElementById("app")! });

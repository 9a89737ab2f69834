import { mount } from "svelte";
import "../language.svelte";
import "../ui/base.css";
import Start from "./Start.svelte";

mount(Start, { target: document.getElementById("app")! });

import { mount } from "svelte";
import "../language.svelte";
import "../ui/base.css";
import Guardian from "./Guardian.svelte";

mount(Guardian, { target: document.getElementById("app")! });

import { mount } from "svelte";
import "../language.svelte";
import "../ui/base.css";
import Author from "./Author.svelte";

mount(Author, { target: document.getElementById("app")! });
